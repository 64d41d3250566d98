package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReadingTest {
  @Test
  void tellsWhatIsSetAndHidesWhatMayBeASecretButNotThatItChanged() throws Exception {
    Map<String, String> told = read("uvicorn app:main --token=abc");

    assertThat(told)
        .containsEntry("numReplicas", "2")
        .containsEntry("sleepApplication", "false")
        .containsEntry("watchPatterns", "[\"/backend/**\"]")
        .doesNotContainKeys("region", "preDeployCommand");
    assertThat(told.get("startCommand")).startsWith("uvicorn app:main").doesNotContain("abc");
    assertThat(read("uvicorn app:main --token=other").get("startCommand"))
        .isNotEqualTo(told.get("startCommand"));
  }

  private static Map<String, String> read(String command) throws Exception {
    return SettingsReading.of(
        new ObjectMapper()
            .readValue(
                """
                {"startCommand": "%s", "numReplicas": 2, "sleepApplication": false, "region": null,
                 "watchPatterns": ["/backend/**"], "preDeployCommand": []}
                """
                    .formatted(command),
                new TypeReference<Map<String, JsonNode>>() {}));
  }
}
