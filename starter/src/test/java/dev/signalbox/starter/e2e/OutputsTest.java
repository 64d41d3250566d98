package dev.signalbox.starter.e2e;

import static dev.signalbox.starter.cli.OutputSchema.checked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.starter.cli.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print as JSON, against {@code docs/reference/schemas/commands}. */
class OutputsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path directory;

  @Test
  void everyOutputOfAPromotionIsAsItsSchemaSays() throws Exception {
    try (House house = House.at(directory).open()) {
      // Not ana: who asks may not approve.
      Terminal terminal = house.terminal().with("SIGNALBOX_USER", "bob");
      Terminal waiting = house.terminal().with("SIGNALBOX_USER", "bob");

      terminal.run("status", "--output", "json");
      checked("status", terminal.out());
      terminal.run("plan", "production", "--output", "json");
      assertThat(checked("plan", terminal.out()).get("card"))
          .extracting(part -> part.get("heading").asText())
          .containsExactly(
              "Release", "In it", "Configuration", "Service settings", "Policy", "May approve");
      terminal.run("promote", "production", "--output", "json");
      String id = checked("request", terminal.out()).get("id").asText();
      house.awaitApproval(id);
      terminal.run("why", id, "--output", "json");
      assertThat(checked("why", terminal.out()).get("unmet")).isNotEmpty();
      // On a thread of its own: the engine in this process needs the common pool, which has one
      // thread on two cores and, from JDK 25 on, no other for such tasks.
      FutureTask<Integer> code =
          new FutureTask<>(
              () -> waiting.run("promote", "production", "--wait=60s", "--output", "json"));
      new Thread(code, "waiting").start();
      house.approve(id);

      assertThat(code.get()).as(waiting.out() + waiting.err()).isZero();
      List<String> lines = waiting.out().lines().toList();
      for (String line : lines) {
        checked("wait", line);
      }
      assertThat(JSON.readTree(lines.get(lines.size() - 1)).get("result").asText())
          .isEqualTo("live");
      terminal.run("status", "production", "--output", "json");
      assertThat(checked("status", terminal.out()).at("/environments/0/live/revision").asText())
          .isEqualTo(id.substring(id.lastIndexOf('/') + 1));
      terminal.run("promote", "production", "--output", "json");
      assertThat(checked("request", terminal.out()).get("outcome").asText())
          .isEqualTo("alreadyThere");
      terminal.run("history", "production", "--output", "json");
      assertThat(checked("history", terminal.out()).get("entries")).isNotEmpty();
      String revision = id.substring(id.lastIndexOf('/') + 1);
      terminal.run("wait", revision, "--env", "production", "--output", "json");
      assertThat(checked("arrival", terminal.out()).get("state").asText()).isEqualTo("live");
      terminal.run("logs", "production", "--lines", "3", "--output", "json");
      for (String line : terminal.out().lines().toList()) {
        checked("log-line", line);
      }
      assertThat(terminal.run("sync", "staging", "--output", "json")).isZero();
      assertThat(checked("sync", terminal.out()).get("treesEqual").asBoolean()).isTrue();
      assertThat(order(terminal, "freeze", "--until", "2h")).isTrue();
      assertThat(order(terminal, "lock")).isTrue();
      terminal.run("status", "production", "--output", "json");
      JsonNode frozen = checked("status", terminal.out()).at("/environments/0");
      assertThat(frozen.at("/freeze/by").asText()).isEqualTo("ana");
      assertThat(frozen.at("/lock/queue")).isEmpty();
      terminal.run("plan", "production");
      assertThat(terminal.out())
          .contains("freeze", "frozen by ana: a test; opens ")
          .contains("release: digest  ", "may approve: ");
      assertThat(order(terminal, "unfreeze")).isTrue();
      assertThat(order(terminal, "unfreeze")).as("there is none any more").isFalse();
      terminal.run("history", "production", "--output", "json");
      assertThat(checked("history", terminal.out()).get("entries")).hasSize(1);
      assertThat(terminal.run("audit", "--env", "production", "--since", "1h", "--output", "json"))
          .isZero();
      JsonNode entries = checked("audit", terminal.out()).get("entries");
      assertThat(entries.get(0).get("action").asText()).isEqualTo("asked");
      // Who waits asks too, and that may come before the approval or after it.
      assertThat(entries)
          .extracting(entry -> entry.get("action").asText())
          .filteredOn(action -> !action.equals("asked"))
          .containsExactly("approved", "ended", "froze", "locked", "unfroze", "refused");
      assertThat(terminal.run("audit", "--csv")).isZero();
      assertThat(terminal.out())
          .startsWith(
              "at,environment,action,person,id,revision,result,detail,door,proved,digest,hash,cut\r\n")
          .contains(",production,froze,ana,");
      assertThat(terminal.run("audit", "verify", "--output", "json")).isZero();
      JsonNode verified = checked("audit-verify", terminal.out()).at("/environments/1");
      assertThat(verified.get("entries").asInt()).isEqualTo(entries.size());
      assertThat(entries)
          .as("as the deployment at GitHub has it")
          .extracting(entry -> entry.get("hash"))
          .contains(verified.get("kept"));
      terminal.run("promote", "nowhere", "--output", "json");
      checked("trouble", terminal.err());
    }
  }

  private static boolean order(Terminal terminal, String order, String... more) throws IOException {
    String[] words = {order, "production", "--as", "ana", "--reason", "a test", "--output", "json"};
    int code = terminal.run(Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
    boolean counted = checked("order", terminal.out()).get("counted").asBoolean();
    assertThat(code).isEqualTo(counted ? 0 : 1);
    return counted;
  }
}
