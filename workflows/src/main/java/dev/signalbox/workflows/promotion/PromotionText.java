package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.deploy.Observation;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Step;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people read: the pull request's body, the approval card, the report. Pure: the same facts
 * give the same text.
 */
final class PromotionText {
  private static final int MOST_COMMITS = 50;
  private static final String RELEASE = "release";

  /** How the steps of a checklist's points begin. */
  static final String POINT = "point-";

  private static final String TITLE = "{Environment} Release {date}";

  private static final Pattern ADDRESS = Pattern.compile("https?://[\\w.:/#?=%+-]+");

  /** The report is where a reason is told at its full length. */
  private static final int LONGEST_DETAIL = 4000;

  private final String id;
  private final Pipeline pipeline;
  private final ReleaseSet release;

  PromotionText(String id, Pipeline pipeline, ReleaseSet release) {
    this.id = id;
    this.pipeline = pipeline;
    this.release = release;
  }

  /**
   * The pull request's title.
   *
   * @param day the promotion began
   */
  String title(LocalDate day) {
    String environment = pipeline.environment().name();
    String template = pipeline.environment().title();
    return PostedText.title(
        (template == null ? TITLE : template)
            .replace(
                "{Environment}",
                environment.substring(0, 1).toUpperCase(Locale.ROOT) + environment.substring(1))
            .replace("{environment}", environment)
            .replace("{date}", day.toString())
            .replace("{short}", release.shortRevision())
            .replace("{revision}", release.revision()));
  }

  /** The promotion. */
  String id() {
    return id;
  }

  /** What the merge and the deployment are called. */
  String deed() {
    return PostedText.title(
        "Promote " + release.shortRevision() + " to " + pipeline.environment().name());
  }

  /** The body, with boxes that evidence ticks, or somebody whom it names. */
  String body(List<GateResult> gates, List<Step> steps, String state, Facts facts) {
    StringBuilder body = new StringBuilder();
    body.append("Promotes `")
        .append(release.revision())
        .append("` to **")
        .append(pipeline.environment().name());
    body.append("** (")
        .append(release.alias())
        .append(", digest `")
        .append(release.shortDigest())
        .append("`).\n\n");
    body.append(addresses(facts));
    body.append("State: **").append(state).append("**\n\n### Checklist\n");
    for (GateResult gate : gates) {
      body.append(box(gate.state() == State.MET))
          .append(gate.name())
          .append(": ")
          .append(PostedText.words(gate.evidence()))
          .append('\n');
    }
    steps.stream()
        .filter(step -> step.name().matches("(contract-)?" + POINT + "\\d+"))
        .collect(
            Collectors.toMap(Step::name, step -> step, (old, step) -> step, LinkedHashMap::new))
        .values()
        .forEach(
            step ->
                body.append(box(step.state() == Step.State.DONE))
                    .append(PostedText.words(step.detail()))
                    .append('\n'));
    for (String step : checklist()) {
      // The last body is part of the release step, and no later one could tick its box.
      if (!step.equals(RELEASE) || steps.stream().noneMatch(PromotionText::releases)) {
        body.append(stepLine(step, steps));
      }
    }
    body.append('\n').append(unchanged());
    body.append(SchemaText.section(pipeline.migrations(), release.schema())).append(contents());
    return PostedText.body(body.toString(), id);
  }

  private static boolean releases(Step step) {
    return step.name().equals(RELEASE) && step.open();
  }

  private List<String> checklist() {
    return release.schema() == null
        ? List.of("approval", "merge", "deploy", "verify", "soak", RELEASE)
        : List.of("approval", "merge", "backup", "migrate", "deploy", "verify", "soak", RELEASE);
  }

  /** Where the release comes from and where it goes to, to be opened and compared. */
  private String addresses(Facts facts) {
    String from =
        pipeline.source() == null || facts.source() == null
            ? ""
            : addresses(pipeline.source().name(), facts.source(), false);
    String to =
        facts.target() == null
            ? ""
            : addresses(pipeline.environment().name(), facts.target(), true);
    return from.isEmpty() && to.isEmpty() ? "" : from + to + "\n";
  }

  /**
   * @param asConfigured whether the policy's addresses are this environment's
   */
  private String addresses(String name, EnvironmentState state, boolean asConfigured) {
    String urls =
        pipeline.services().stream()
            .map(
                service -> {
                  String url =
                      asConfigured
                          ? Observation.address(service, state)
                          : state.service(service.railway()).map(ServiceState::url).orElse(null);
                  return url == null ? null : service.name() + " " + PostedText.line(url);
                })
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return urls.isEmpty() ? "" : "- " + name + ": " + urls + "\n";
  }

  private static String stepLine(String name, List<Step> steps) {
    List<Step> those = steps.stream().filter(step -> step.name().equals(name)).toList();
    boolean done =
        !those.isEmpty()
            && those.stream()
                .allMatch(
                    step -> step.state() == Step.State.DONE || step.state() == Step.State.SKIPPED);
    String detail =
        those.stream()
            .map(
                step ->
                    (step.service() == null ? "" : step.service() + " ")
                        + (step.detail() == null ? word(step) : detail(step)))
            .collect(Collectors.joining("; "));
    return box(done) + name + (detail.isEmpty() ? "" : ": " + detail) + "\n";
  }

  /** A reason may be in it, of whoever gave it; what is an address and nothing else is ours. */
  private static String detail(Step step) {
    String detail = step.detail();
    return detail != null && ADDRESS.matcher(detail).matches() ? detail : PostedText.words(detail);
  }

  private static String word(Step step) {
    return step.state().name().toLowerCase(Locale.ROOT);
  }

  private static String box(boolean ticked) {
    return ticked ? "- [x] " : "- [ ] ";
  }

  private String contents() {
    StringBuilder text = new StringBuilder("### In this release\n");
    text.append(release.commitsInAll())
        .append(release.commitsInAll() == 1 ? " commit by " : " commits by ")
        .append(authors())
        .append(".\n\n");
    release
        .pulls()
        .forEach(
            pull ->
                text.append("- #")
                    .append(pull.number())
                    .append(' ')
                    .append(PostedText.words(pull.title()))
                    .append('\n'));
    for (Commit commit : release.commits().stream().limit(MOST_COMMITS).toList()) {
      text.append("- `").append(commit.sha(), 0, 7).append("` ");
      text.append(PostedText.words(commit.subject()));
      text.append(" (").append(PostedText.words(commit.author())).append(")\n");
    }
    if (release.commitsInAll() > MOST_COMMITS) {
      text.append("- … and ").append(release.commitsInAll() - MOST_COMMITS).append(" more\n");
    }
    return text.toString();
  }

  private String authors() {
    return release.commits().stream()
        .map(Commit::author)
        .map(PostedText::words)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** That an earlier run, or somebody else, has merged it. */
  String alreadyMerged() {
    return "already merged: "
        + pipeline.environment().branch()
        + " has it as `"
        + ShortCommit.of(release.merged())
        + "`; nothing is merged again";
  }

  /**
   * What a person reads before saying yes.
   *
   * @param whose who may say yes
   * @param wayBack what leads back if it fails; null = Railway was not read
   * @param configured what of its configuration, of settings and of the policy changes, by kind
   */
  String card(
      List<GateResult> gates,
      String whose,
      List<String> changes,
      RollbackOutlook wayBack,
      List<Part> configured) {
    StringBuilder card = new StringBuilder();
    card.append("**Approval wanted**: ").append(release.shortRevision()).append(" to ");
    card.append(pipeline.environment().name()).append(" (").append(release.alias()).append(")\n\n");
    changes.forEach(
        change ->
            card.append("- changed since the last approval: ")
                .append(PostedText.words(change))
                .append('\n'));
    card.append("- digest `").append(release.shortDigest()).append("`\n");
    card.append("- runs now: ").append(runsNow()).append('\n');
    card.append(unchanged());
    card.append(SchemaText.lines(pipeline.migrations(), release.schema()));
    if (release.alreadyMerged()) {
      card.append("- ").append(alreadyMerged()).append('\n');
    }
    if (release.first()) {
      card.append("- **first release: there is no last good set to go back to**\n");
    }
    for (Part part : configured) {
      for (Line line : part.lines()) {
        card.append("- ")
            .append(part.heading().toLowerCase(Locale.ROOT))
            .append(": ")
            .append(line.label() == null ? "" : PostedText.words(line.label()) + ": ")
            .append(PostedText.words(line.text()))
            .append('\n');
      }
    }
    card.append(wayBack(wayBack));
    gates.forEach(
        gate ->
            card.append("- ")
                .append(gate.name())
                .append(": ")
                .append(PostedText.words(gate.evidence()))
                .append('\n'));
    card.append("- may approve: ").append(whose).append("\n\n").append(RunText.toAnswer(id));
    return card.toString();
  }

  private static String wayBack(RollbackOutlook outlook) {
    return outlook == null
        ? ""
        : "- way back: **"
            + outlook.verdict()
            + "**"
            + (outlook.until() == null ? "" : " until " + Moments.text(outlook.until()))
            + ", "
            + PostedText.words(outlook.detail())
            + "\n";
  }

  /** A line about the services that did not change; empty when all did. */
  private String unchanged() {
    if (release.service() != null) {
      return "- **only "
          + release.service()
          + "** is deployed, and the set is no longer of one commit: "
          + String.join(", ", release.skipped())
          + " stays as it is\n";
    }
    return release.unchanged().isEmpty()
        ? ""
        : "- *unchanged*: "
            + String.join(", ", release.unchanged())
            + " (nothing under its paths differs from what runs): "
            + (release.skipped().isEmpty()
                ? "deployed all the same"
                : "not deployed, its version is met by the older commit")
            + "\n";
  }

  private String runsNow() {
    if (release.first()) {
      return release.mixed() ? "**mixed**" : "nothing";
    }
    String base = "`" + ShortCommit.of(release.base()) + "`";
    return release.mixed() ? "**mixed**: a run failed half-way; before it " + base : base;
  }

  /**
   * For the pull requests inside the release: where they are to be seen, or what kept them from it.
   *
   * @param story where the whole story stands; null = nowhere at GitHub
   */
  String inside(Ending ending, String story) {
    StringBuilder text = new StringBuilder("**").append(headline(ending.result())).append("**");
    if (ending.live()) {
      text.append("\n\n");
      ending.deploy().addresses().forEach(url -> text.append("- ").append(url).append('\n'));
    } else {
      text.append(": ").append(PostedText.words(ending.detail())).append("\n\n");
    }
    text.append("- commit `").append(release.revision()).append("`\n");
    text.append("- promotion `").append(id).append("`\n");
    if (story != null) {
      text.append("- ").append(story).append('\n');
    }
    return text.toString();
  }

  /** The whole story. What is still open is the report itself, so it has no row. */
  String report(Ending ending, List<Step> steps, String mergeCommit) {
    StringBuilder report = new StringBuilder();
    report.append("### ").append(headline(ending.result())).append('\n').append('\n');
    report.append(PostedText.words(ending.detail(), LONGEST_DETAIL)).append("\n\n");
    report.append("- revision `").append(release.revision()).append("`\n");
    report
        .append("- digest `")
        .append(release.shortDigest())
        .append("` (")
        .append(release.alias())
        .append(")\n");
    if (mergeCommit != null) {
      report.append("- merge commit `").append(mergeCommit).append("`\n");
    }
    if (release.alreadyMerged()) {
      report.append("- ").append(alreadyMerged()).append('\n');
    }
    ending
        .evidence()
        .forEach(line -> report.append("- evidence: ").append(PostedText.words(line)).append('\n'));
    report.append("\n| step | service | state | seconds | detail |\n|---|---|---|---|---|\n");
    for (Step step : steps.stream().filter(step -> !step.open()).toList()) {
      report
          .append("| ")
          .append(step.name())
          .append(" | ")
          .append(step.service() == null ? "" : step.service());
      report.append(" | ").append(word(step)).append(" | ").append(step.seconds()).append(" | ");
      report.append(detail(step)).append(" |\n");
    }
    if (ending.deploy() != null && ending.deploy().proof() != null) {
      report.append(new ProofText(ending.deploy().proof()).markdown());
    }
    ending.failures().forEach(failure -> report.append(FailureText.of(failure)));
    return report.toString();
  }

  private String headline(Result result) {
    String name = pipeline.environment().name();
    return switch (result) {
      case LIVE -> "Live in " + name;
      case ROLLED_BACK -> "Rolled back in " + name;
      case REJECTED -> "Rejected for " + name;
      case FAILED -> "Failed in " + name;
      case TIMED_OUT -> "Timed out in " + name;
      case CANCELLED -> "Cancelled for " + name;
      case SUPERSEDED -> "Superseded for " + name;
      case WAITING -> "Waiting for " + name;
    };
  }
}
