package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static dev.signalbox.workflows.migration.RevisionClass.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.migration.DatabaseIdentity;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ConfigurationDiff;
import dev.signalbox.workflows.release.ConfigurationDiff.FileDiff;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import dev.signalbox.workflows.release.ReleaseSet.PullReference;
import dev.signalbox.workflows.release.ReleaseSets;
import dev.signalbox.workflows.release.Step;
import dev.signalbox.workflows.release.Step.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others wrote stays what they wrote: it ticks no box, calls nobody and marks nothing. */
class PromotionTextTest {
  private static final String REVISION = "a".repeat(40);
  private static final String ID = "promotion/inspector/production/" + REVISION;

  /** As a commit's subject, a pull request's title, a reason or an answer may be. */
  private static final String FOREIGN =
      "Fix\u001B[31m it, @stranger\n- [x] soak: 10m\n<!-- signalbox:promotion/other -->";

  private static PromotionText text(String subject, int commits) {
    return text(subject, commits, aPipeline().build());
  }

  private static PromotionText text(String subject, int commits, Pipeline pipeline) {
    List<Commit> all =
        Collections.nCopies(commits, new Commit("b".repeat(40), subject, subject, List.of()));
    return new PromotionText(
        ID,
        pipeline,
        new ReleaseSet(
            REVISION,
            null,
            false,
            "c".repeat(40),
            null,
            REVISION,
            "d".repeat(64),
            "calm-otter",
            List.of("backend"),
            all,
            List.of(new PullReference(7, subject)),
            commits,
            List.of(),
            List.of(),
            null));
  }

  private static List<Step> steps(String detail) {
    return List.of(new Step("approval", null, State.DONE, detail, null, null));
  }

  @Test
  void letsNobodysWordsTickABoxOfTheBody() {
    List<GateResult> gates = List.of(GateResult.waiting("checks", FOREIGN, null, "ci"));

    String body = text(FOREIGN, 2).body(gates, steps(FOREIGN), "waiting", aLook().build());

    assertThat(body.lines().filter(line -> line.startsWith("- [x]")))
        .singleElement()
        .asString()
        .startsWith("- [x] approval");
    assertThat(body)
        .contains("- #7 Fix\\[31m it, @\u200Bstranger - \\[x\\] soak")
        .contains("- `bbbbbbb` Fix\\[31m it, @\u200Bstranger - \\[x\\] soak")
        .containsOnlyOnce("<!--")
        .endsWith("<!-- signalbox:" + ID + " -->");
  }

  @Test
  void leavesNoBoxOpenInTheBodyOfWhatIsLive() {
    List<Step> steps =
        Stream.of("approval", "merge", "deploy", "verify", "soak", "release")
            .map(name -> new Step(name, null, State.DONE, null, Instant.EPOCH, Instant.EPOCH))
            .map(
                step ->
                    step.name().equals("release")
                        ? new Step("release", null, State.RUNNING, null, Instant.EPOCH, null)
                        : step)
            .toList();

    assertThat(text("Fix", 1).body(List.of(), steps, "live", aLook().build()))
        .contains("- [x] soak: done\n")
        .doesNotContain("- [ ]");
  }

  @Test
  void keepsABodyOfEndlessSubjectsWithinGitHubsLimitAndItsChecklistWhole() {
    String body =
        text("x".repeat(100_000), 250).body(List.of(), List.of(), "waiting", aLook().build());

    assertThat(body)
        .hasSizeLessThan(65_536)
        .contains("- [ ] release\n", "… and 200 more", "<!-- signalbox:" + ID + " -->");
  }

  @Test
  void namesThePullRequestAfterEnvironmentAndDay() {
    LocalDate day = LocalDate.of(2026, 11, 20);

    assertThat(text("Fix", 1).title(day)).isEqualTo("Production Release 2026-11-20");
    assertThat(
            text("Fix", 1, aPipeline().titled("Ship {short} to {environment}").build()).title(day))
        .isEqualTo("Ship aaaaaaa to production");
  }

  @Test
  void countsOneCommitAsOne() {
    assertThat(text("Fix", 1).body(List.of(), List.of(), "waiting", aLook().build()))
        .contains("1 commit by Fix.");
    assertThat(text("Fix", 2).body(List.of(), List.of(), "waiting", aLook().build()))
        .contains("2 commits by Fix.");
  }

  @Test
  void showsTheAddressesOfBothEnvironments() {
    String body = text("Fix", 1).body(List.of(), List.of(), "waiting", aLook().build());

    assertThat(body)
        .contains("- staging: backend https://backend, frontend https://frontend\n")
        .contains("- production: backend https://backend, frontend https://frontend\n");
    assertThat(
            text("Fix", 1)
                .body(List.of(), List.of(), "waiting", aLook().without("Railway").build()))
        .doesNotContain("- staging:", "- production:");
  }

  @Test
  void keepsEveryStepOfTheReportInItsRow() {
    Ending ending = Ending.of(Result.FAILED, "the build failed");

    String report = text("Fix", 1).report(ending, steps("a reason |\r\n| forged | row |"), null);

    assertThat(report.lines().filter(line -> line.startsWith("| ")))
        .hasSize(2)
        .contains("| approval |  | done | 0.0 | a reason \\| \\| forged \\| row \\| |");
  }

  @Test
  void givesTheReportItselfNoRow() {
    Ending ending = Ending.of(Result.LIVE, "runs and soaked");
    Step itself = new Step("release", null, State.RUNNING, null, Instant.EPOCH, null);

    assertThat(text("Fix", 1).report(ending, List.of(itself), null)).doesNotContain("| release |");
  }

  @Test
  void saysWhatIsUnchangedAndWhetherItIsDeployed() {
    String line = "- *unchanged*: backend (nothing under its paths differs from what runs): ";

    assertThat(unchanged(aPipeline().skippingWhatIsUnchanged(), "backend"))
        .allSatisfy(
            shown ->
                assertThat(shown)
                    .contains(line + "not deployed, its version is met by the older commit\n"));
    assertThat(unchanged(aPipeline(), "backend"))
        .allSatisfy(shown -> assertThat(shown).contains(line + "deployed all the same\n"));
    assertThat(unchanged(aPipeline()))
        .allSatisfy(shown -> assertThat(shown).doesNotContain("unchanged"));
  }

  @Test
  void saysThatOneServiceAloneIsDeployed() {
    Pipeline pipeline = aPipeline().build();
    ReleaseSet alone = ReleaseSets.of(pipeline, REVISION, aLook().build(), false, "backend");

    assertThat(
            new PromotionText(ID, pipeline, alone)
                .card(List.of(), "anybody", List.of(), null, List.of()))
        .contains(
            "- **only backend** is deployed, and the set is no longer of one commit: frontend stays"
                + " as it is\n");
    assertThat(alone.digest())
        .isNotEqualTo(ReleaseSets.of(pipeline, REVISION, aLook().build(), false).digest());
  }

  @Test
  void namesEveryMigrationWithItsClassAndWhenItRuns() {
    Pipeline pipeline = aPipeline().migrating(byDefault()).build();
    SchemaChange schema =
        SchemaChange.of(
                aSchema().with("r1", EXPAND).with("r2", CONTRACT).plan(),
                pipeline.migrations(),
                false)
            .orElseThrow();
    PromotionText text =
        new PromotionText(
            ID, pipeline, ReleaseSets.of(pipeline, REVISION, aLook().build(), false, null, schema));

    assertThat(
            List.of(
                text.card(List.of(), "anybody", List.of(), null, List.of()),
                text.body(List.of(), List.of(), "waiting", aLook().build())))
        .allSatisfy(
            shown ->
                assertThat(shown)
                    .contains("- the database stands at r0\n- migrates `r1` expand, change r1\n")
                    .contains(
                        "- migrates `r2` **contract**, change r2: contract because of r2, when the"
                            + " code has soaked, with an approval of its own\n"));
    assertThat(text("Fix", 1).body(List.of(), List.of(), "waiting", aLook().build()))
        .doesNotContain("igrat");
  }

  @Test
  void saysWhatACommandCannotPromise() {
    assertThat(card(byDefault().byCommand(), aSchema().with("command", UNKNOWN)))
        .contains("- migrates `command` **unknown**, change command: unknown because of command\n")
        .contains("- what the command does is not known before: it shows no SQL")
        .contains("- a rehearsal runs the command as a whole")
        .contains("- how far the command is shows only in what it prints")
        .contains("- lock_timeout, statement_timeout and our name");
  }

  @Test
  void namesTheDatabaseAndThatNobodyHasProvedTheBackupOfItsVolume() {
    assertThat(
            card(
                byDefault().ofVolume("postgres").unproved("tried each month"),
                aSchema().with("r1", CONTRACT).of(new DatabaseIdentity("db:5432/app", "1"))))
        .contains("- the database db:5432/app stands at r0\n")
        .contains(
            "- nobody has restored the backup that Railway takes of the volume; it is enough"
                + " because: tried each month\n");
  }

  private static String card(PolicyOfMigrations policy, SchemaFixture schema) {
    Pipeline pipeline = aPipeline().migrating(policy).build();
    SchemaChange change =
        SchemaChange.of(schema.plan(), pipeline.migrations(), false).orElseThrow();
    return new PromotionText(
            ID, pipeline, ReleaseSets.of(pipeline, REVISION, aLook().build(), false, null, change))
        .card(List.of(), "anybody", List.of(), null, List.of());
  }

  private static List<String> unchanged(PipelineFixture fixture, String... services) {
    Pipeline pipeline = fixture.build();
    Facts facts = aLook().withUnchanged(services).build();
    PromotionText text =
        new PromotionText(ID, pipeline, ReleaseSets.of(pipeline, REVISION, facts, false));
    return List.of(
        text.card(List.of(), "anybody", List.of(), null, List.of()),
        text.body(List.of(), List.of(), "waiting", facts));
  }

  @Test
  void asksForApprovalInLinesOfItsOwn() {
    String card =
        text("Fix", 1)
            .card(
                List.of(GateResult.met("checks", FOREIGN)),
                "ana",
                List.of(FOREIGN),
                null,
                List.of());

    assertThat(card.lines()).noneMatch(line -> line.startsWith("- [x]"));
  }

  @Test
  void saysWhatBecomesOfTheConfigurationOrThatItIsNotKnown() {
    ConfigurationDiff diff =
        new ConfigurationDiff(
            List.of(new FileDiff("signalbox.toml", List.of("soak was *10m*, is 1m"))), false);

    assertThat(text("Fix", 1).card(List.of(), "ana", List.of(), null, configured(diff)))
        .contains("- configuration: signalbox.toml: soak was \\*10m\\*, is 1m\n")
        .contains("- configuration: perhaps more: GitHub names the first 300 changed files only");
    assertThat(
            text("Fix", 1)
                .card(
                    List.of(),
                    "ana",
                    List.of(),
                    null,
                    configured(new ConfigurationDiff(List.of(), true))))
        .contains("- configuration: no file of it changes\n");
    assertThat(text("Fix", 1).card(List.of(), "ana", List.of(), null, configured(null)))
        .contains("- configuration: not known: ");
  }

  private static List<Part> configured(ConfigurationDiff diff) {
    return List.of(new Part("Configuration", ConfigurationText.lines(diff)));
  }
}
