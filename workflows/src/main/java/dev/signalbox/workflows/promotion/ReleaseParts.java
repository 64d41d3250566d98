package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import dev.signalbox.workflows.release.ReleaseSet.PullReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an approval card says of a release, line by line: what ships, what it does to the database,
 * what every gate read, and what leads back. Pure.
 */
public final class ReleaseParts {
  private static final int MOST_COMMITS = 20;
  private static final String GITHUB = "https://github.com/";

  private final PromotionText text;
  private final ReleaseSet release;
  private final List<Part> configured;
  private final String web;

  /**
   * @param pull address of the promotion's pull request; null = there is none
   */
  ReleaseParts(PromotionText text, Preflight preflight, String pull) {
    this.text = text;
    this.release = preflight.release();
    this.configured = ConfigurationText.parts(preflight);
    this.web =
        pull == null
            ? GITHUB + preflight.pipeline().project().github()
            : pull.replaceAll("/pull/\\d+$", "");
  }

  /**
   * @param changes what is different from what was approved before
   * @param wayBack null = Railway was not read
   */
  List<Part> of(List<GateResult> gates, List<String> changes, RollbackOutlook wayBack) {
    return List.of(
        new Part(null, changes.stream().map(ReleaseParts::changed).toList()),
        new Part("Release", release()),
        new Part("In it", contents()),
        new Part("Migrations", migrations()),
        configured.get(0),
        configured.get(1),
        configured.get(2),
        new Part("Gates", gates.stream().map(ReleaseParts::gate).toList()),
        new Part("Way back", wayBack(wayBack)));
  }

  /** What the card of this release would say, beside gates and the way back. */
  public static List<Part> planned(Preflight preflight) {
    if (preflight.release() == null) {
      return List.of();
    }
    Pipeline pipeline = preflight.pipeline();
    ReleaseSet release = preflight.release();
    ReleaseParts parts =
        new ReleaseParts(new PromotionText(null, pipeline, release), preflight, null);
    String whose =
        ApprovalGate.wanted(pipeline, release)
            ? ApprovalGate.whose(pipeline, release, preflight.facts().release())
            : "no approval is needed";
    return Stream.concat(
            parts.of(List.of(), List.of(), null).stream(),
            Stream.of(new Part("May approve", List.of(line(null, whose)))))
        .filter(part -> !part.lines().isEmpty())
        .toList();
  }

  /** Of what runs in the database once the code has soaked. */
  static List<Part> of(MigrationOrder order) {
    return List.of(
        new Part(
            "Migrations",
            order.revisions().stream().map(revision -> migration(revision, "")).toList()),
        new Part("Way back", List.of(Line.of("forwardOnly", "once this has run"))));
  }

  /** Of what runs in the database without a release, and what every gate read. */
  static List<Part> of(MigrationOrder order, List<GateResult> gates) {
    boolean forwardOnly = order.revisions().stream().anyMatch(PendingRevision::breaksFormerCode);
    return List.of(
        database(order),
        new Part(
            "Migrations",
            order.revisions().stream().map(revision -> migration(revision, "")).toList()),
        new Part("Gates", gates.stream().map(ReleaseParts::gate).toList()),
        new Part(
            "Way back",
            forwardOnly ? List.of(Line.of("forwardOnly", "once this has run")) : List.of()));
  }

  /**
   * Of what is taken back.
   *
   * @param losses what is gone for good
   * @param borne why the code that runs bears it
   */
  static List<Part> down(MigrationOrder order, String losses, String borne) {
    return List.of(
        database(order),
        new Part(
            "Taken back",
            order.revisions().stream().map(revision -> migration(revision, "")).toList()),
        new Part("Gone for good", List.of(line(null, losses))),
        new Part("The code that runs", List.of(line(null, borne))));
  }

  private static Part database(MigrationOrder order) {
    return new Part(
        null,
        List.of(
            line(
                "the database",
                (order.identity() == null ? "" : order.identity().place() + " ")
                    + "stands at "
                    + (order.from().isEmpty() ? "no revision" : String.join(", ", order.from())))));
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

  private List<Line> contents() {
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

  private static List<Line> wayBack(RollbackOutlook wayBack) {
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

  static Line line(String label, String words) {
    return Line.of(label, words(words));
  }

  static String words(String text) {
    return PostedText.line(text);
  }
}
