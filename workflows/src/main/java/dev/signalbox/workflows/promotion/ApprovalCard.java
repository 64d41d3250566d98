package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Need;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import dev.signalbox.workflows.release.ReleaseSet.PullReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The approval card in parts, for places that write in their own way. What ships, what it does to
 * the database, what every gate read, and what leads back: as {@link PromotionText#card} has it.
 */
final class ApprovalCard {
  private static final int MOST_COMMITS = 20;
  private static final String GITHUB = "https://github.com/";

  private final PromotionText text;
  private final Ask ask;
  private final ReleaseSet release;
  private final List<GateResult> gates;
  private final List<String> changes;
  private final RollbackOutlook wayBack;
  private final String environment;
  private final String repository;
  private String decided;

  /**
   * @param changes what is different from what was approved before
   * @param wayBack null = Railway was not read
   */
  ApprovalCard(
      PromotionText text,
      Preflight preflight,
      Ask ask,
      List<String> changes,
      RollbackOutlook wayBack) {
    this.text = text;
    this.ask = ask;
    this.release = preflight.release();
    this.gates = List.copyOf(preflight.gates());
    this.changes = changes;
    this.wayBack = wayBack;
    this.environment = preflight.pipeline().environment().name();
    this.repository = preflight.pipeline().project().github();
  }

  /** From now on no answer is wanted. */
  void decided(String sentence) {
    this.decided = sentence;
  }

  /**
   * @param pull address of the promotion's pull request; null = there is none
   */
  Card card(Asks asks, String pull) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(null, changes.stream().map(ApprovalCard::changed).toList()));
    parts.add(new Part("Release", release()));
    parts.add(new Part("In it", contents(pull)));
    parts.add(new Part("Migrations", migrations()));
    parts.add(new Part("Gates", gates.stream().map(ApprovalCard::gate).toList()));
    parts.add(new Part("Way back", wayBack()));
    Ask now = asks.open().stream().filter(one -> one.id().equals(ask.id())).findFirst().orElse(ask);
    if (decided == null) {
      List<Line> points = asks.unticked(now).stream().map(one -> line(null, one.text())).toList();
      parts.add(new Part("Still to be ticked", points));
    }
    parts.add(new Part("May approve", List.of(line(null, now.whose()))));
    return new Card(
        text.id(),
        ask.id(),
        ask.digest(),
        "Approval wanted: " + release.shortRevision() + " to " + environment,
        pull,
        parts.stream().filter(part -> !part.lines().isEmpty()).toList(),
        decided == null ? waiting(asks, now) : decided,
        decided == null,
        Boolean.TRUE.equals(ask.reason()));
  }

  private static String waiting(Asks asks, Ask ask) {
    List<String> given = asks.approvers(ask.id());
    List<Need> missing = asks.missing(ask);
    return (given.isEmpty() ? "" : "yes by " + String.join(", ", given) + "; ")
        + (missing.isEmpty() ? "enough" : "still wanted: " + Need.words(missing))
        + ", until "
        + Moments.text(ask.expires());
  }

  private List<Line> release() {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("digest", release.shortDigest() + " (" + release.alias() + ")"));
    lines.add(
        Line.of(
            "runs now",
            release.first()
                ? "nothing: there is no last good set to go back to"
                : release.base().substring(0, 7) + (release.mixed() ? ", mixed since" : "")));
    if (!release.skipped().isEmpty()) {
      lines.add(Line.of("stay as they are", String.join(", ", release.skipped())));
    }
    if (release.alreadyMerged()) {
      lines.add(line(null, text.alreadyMerged().replace("`", "")));
    }
    lines.add(Line.of("variables", "none is set by a promotion"));
    return lines;
  }

  private List<Line> contents(String pull) {
    String web = pull == null ? GITHUB + repository : pull.replaceAll("/pull/\\d+$", "");
    List<Line> lines = new ArrayList<>();
    for (PullReference one : release.pulls()) {
      lines.add(new Line("#" + one.number(), web + "/pull/" + one.number(), words(one.title())));
    }
    for (Commit commit : release.commits().stream().limit(MOST_COMMITS).toList()) {
      lines.add(
          new Line(
              commit.sha().substring(0, 7),
              web + "/commit/" + commit.sha(),
              words(commit.subject() + " (" + commit.author() + ")")));
    }
    int more = release.commitsInAll() - Math.min(MOST_COMMITS, release.commits().size());
    if (more > 0) {
      lines.add(Line.of("… and " + more + " more"));
    }
    return lines;
  }

  private List<Line> migrations() {
    SchemaChange schema = release.schema();
    if (schema == null) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    schema.before().forEach(revision -> lines.add(migration(revision, "")));
    schema
        .after()
        .forEach(revision -> lines.add(migration(revision, "; after the soak, asked for again")));
    return lines;
  }

  private static Line migration(PendingRevision revision, String when) {
    return line(
        revision.revision(),
        revision.kind().word()
            + (revision.message() == null ? "" : ", " + revision.message())
            + (revision.reason() == null ? "" : ": " + revision.reason())
            + (revision.approvedRules().isEmpty()
                ? ""
                : "; breaks " + String.join(", ", revision.approvedRules()))
            + when);
  }

  private static Line gate(GateResult gate) {
    return line(gate.name(), gate.evidence());
  }

  private List<Line> wayBack() {
    if (wayBack == null) {
      return List.of();
    }
    String until = wayBack.until() == null ? "" : " until " + Moments.text(wayBack.until());
    List<Line> lines = new ArrayList<>();
    lines.add(line(wayBack.verdict() + until, wayBack.detail()));
    if (!wayBack.variables().isEmpty()) {
      lines.add(line("variables that would change back", String.join(", ", wayBack.variables())));
    }
    return lines;
  }

  private static Line changed(String change) {
    return line("changed since the last approval", change);
  }

  private static Line line(String label, String words) {
    return Line.of(label, words(words));
  }

  private static String words(String text) {
    return PostedText.line(text);
  }
}
