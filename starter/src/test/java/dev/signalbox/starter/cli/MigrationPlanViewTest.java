package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.workflows.environment.Bearing;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.DowngradePlan.Loss;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.plan.SchemaReport.At;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationPlanViewTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private MigrationPlanView view(OutputForm form) {
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new MigrationPlanView(
        new Printer(
            new Surroundings(
                Map.of(),
                Path.of(""),
                printed,
                printed,
                new ByteArrayInputStream(new byte[0]),
                false,
                false,
                Instant.EPOCH),
            form),
        false);
  }

  private static MigrationPlan standingAt(String revision, PlannedRevision... revisions) {
    return new MigrationPlan(
        State.BEHIND, List.of(revision), List.of("r9"), List.of(revisions), List.of());
  }

  private static final DowngradePlan DOWN =
      new DowngradePlan(
          "r2",
          standingAt("r3", PlannedRevision.ofCommand("r3", "Visits", "downgrade", "1".repeat(64))),
          List.of(new Loss("r3", "drops table visits", "visits", null, 2L)),
          null);

  private static final Bearing NOT_BORNE =
      new Bearing(false, "the code that runs (aaaaaaa) has r3 and was never live without it");

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysWhatIsGoneForGoodOnTheWayDown() {
    view(OutputForm.text).printDown(standingAt("r3"), DOWN, null);

    assertThat(text())
        .startsWith("The database stands at r3; 1 revision taken back down to r2.\n")
        .endsWith("Gone for good:\n    r3: drops table visits (2 rows)\n");
  }

  @Test
  void saysWhyTheCodeThatRunsKeepsTheSchemaFromGoingDown() {
    view(OutputForm.text).printDown(standingAt("r3"), DOWN, NOT_BORNE);

    assertThat(text()).endsWith("\n\nA downgrade is refused: " + NOT_BORNE.why() + ".\n");
  }

  @Test
  void endsAsRefusedWhereTheCodeThatRunsDoesNotBearIt() {
    At asked = new At("a".repeat(40), standingAt("r3"), null, false, DOWN, NOT_BORNE);

    assertThat(MigratePlanCommand.exit(asked)).isEqualTo(Exit.NOT_SO);
  }

  @Test
  void printsTheWayDownAsItsSchemaSays() throws IOException {
    view(OutputForm.json).printDown(standingAt("r3"), DOWN, NOT_BORNE);

    JsonNode printed = OutputSchema.checked("migrate-plan", text());
    assertThat(printed.get("direction").asText()).isEqualTo("down");
    assertThat(printed.at("/bearing/borne").asBoolean()).isFalse();
    assertThat(printed.at("/losses/0/rows").asInt()).isEqualTo(2);
    assertThat(printed.at("/revisions/0/revision").asText()).isEqualTo("r3");
  }

  @Test
  void printsWhyThereIsNoWayDownAsItsSchemaSays() throws IOException {
    view(OutputForm.json)
        .printDown(
            standingAt("r3"), DowngradePlan.refused("r7", "this code has no revision r7"), null);

    JsonNode printed = OutputSchema.checked("migrate-plan", text());
    assertThat(printed.get("refused").asText()).isEqualTo("this code has no revision r7");
    assertThat(printed.get("revisions")).isEmpty();
  }

  @Test
  void saysThatTheDatabaseIsThereAlready() {
    view(OutputForm.text).printUp(standingAt("r3"), "r3");

    assertThat(text()).isEqualTo("The database stands at r3 already: nothing to do.\n");
  }
}
