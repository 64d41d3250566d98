package dev.signalbox.workflows.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmokeTestTest {
  private final SmokeTest test = new SmokeTest(List.of("check", "{url}", "{revision}"), null);

  @Test
  void namesAPlaceholderWhoseValueIsNotKnown() {
    assertThat(test.unfilled(withoutRevision())).contains("revision");
  }

  @Test
  void leavesAPlaceholderAsItIsWhoseValueIsNotKnown() {
    assertThat(test.filled(withoutRevision()))
        .containsExactly("check", "http://here", "{revision}");
  }

  private static Map<String, String> withoutRevision() {
    Map<String, String> values = new HashMap<>();
    values.put("url", "http://here");
    values.put("revision", null);
    return values;
  }
}
