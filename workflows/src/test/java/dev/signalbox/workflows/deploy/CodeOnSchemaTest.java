package dev.signalbox.workflows.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the code that is to run bears the schema of a backup. */
class CodeOnSchemaTest {
  private static final LiveSet OLD = live("a", "r1");
  private static final LiveSet NEW = live("b", "r2");

  private static LiveSet live(String digit, String... schema) {
    String revision = digit.repeat(40);
    return new LiveSet(
        revision,
        null,
        null,
        List.of(new ServiceDeployment("backend", "d-" + digit, revision, true, null)),
        null,
        List.of(schema),
        null,
        null,
        null);
  }

  private static String words(LiveSet present, LiveSet target, String now, String then) {
    Receipt receipt =
        new Receipt("b", null, null, null, List.of(then), 1, null, null, null, null, null, null);
    return new CodeOnSchema(
            new RestoreRequest(
                "inspector",
                "production",
                "b",
                present,
                target,
                List.of(NEW, OLD),
                null,
                null,
                false),
            new RestorePlan(receipt, null, null, 1, List.of(now), null, null, null))
        .words();
  }

  @Test
  void saysThatTheSchemaStays() {
    assertThat(words(NEW, null, "r2", "r2")).isEqualTo("The schema stays at r2.");
  }

  @Test
  void offersTheReleaseThatWasLiveThereAndTheWayForward() {
    assertThat(words(NEW, null, "r2", "r1"))
        .isEqualTo(
            "The schema goes from r2 to r1, which bbbbbbb may not be able to read: it was live at"
                + " r2. aaaaaaa was live there: --to d-a starts that instead. Or migrate forward"
                + " afterwards: `signalbox migrate run production --commit bbbbbbb`.");
  }

  @Test
  void saysThatTheChosenReleaseWasLiveThere() {
    assertThat(words(NEW, OLD, "r2", "r1"))
        .isEqualTo("The schema goes from r2 to r1, where aaaaaaa was live.");
  }

  @Test
  void saysThatNoReleaseOnRecordWasLiveThere() {
    assertThat(words(NEW, null, "r2", "r0"))
        .contains("No release on record was live there.")
        .contains("migrate forward afterwards");
  }

  @Test
  void saysThatNothingIsOnRecord() {
    assertThat(words(null, null, "r2", "r0"))
        .contains("which what runs may not be able to read: nothing is on record about it")
        .doesNotContain("migrate forward");
  }

  @Test
  void saysThatNobodyNotedWhereItWasLive() {
    assertThat(words(live("c"), null, "r2", "r0"))
        .contains("nobody noted at which revision it was live");
  }
}
