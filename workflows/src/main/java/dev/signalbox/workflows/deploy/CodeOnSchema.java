package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Optional;

/**
 * Whether the code that is to run on a restored database bears its schema, as far as the record
 * tells: it does where it was live there. Pure.
 */
final class CodeOnSchema {
  private final RestoreRequest request;
  private final RestorePlan plan;

  CodeOnSchema(RestoreRequest request, RestorePlan plan) {
    this.request = request;
    this.plan = plan;
  }

  /** A sentence or two; who bears it where the code in question may not. */
  String words() {
    List<String> then = plan.receipt().schema();
    if (then.equals(plan.at())) {
      return "The schema stays at " + names(then) + ".";
    }
    String from = "The schema goes from " + names(plan.at()) + " to " + names(then);
    LiveSet code = request.code();
    if (code != null && then.equals(code.schema())) {
      return from + ", where " + ShortCommit.of(code.revision()) + " was live.";
    }
    return from + ", which " + doubt(code) + ". " + offer(then, code);
  }

  private static String doubt(LiveSet code) {
    if (code == null) {
      return "what runs may not be able to read: nothing is on record about it";
    }
    return ShortCommit.of(code.revision())
        + " may not be able to read: "
        + (code.schema().isEmpty()
            ? "nobody noted at which revision it was live"
            : "it was live at " + names(code.schema()));
  }

  private String offer(List<String> then, LiveSet code) {
    Optional<LiveSet> bears =
        request.known().stream()
            .filter(set -> then.equals(set.schema()) && !set.deployments().isEmpty())
            .findFirst();
    String forward =
        code == null
            ? ""
            : " Or migrate forward afterwards: `signalbox migrate run "
                + request.environment()
                + " --commit "
                + ShortCommit.of(code.revision())
                + "`.";
    return bears
            .map(
                set ->
                    ShortCommit.of(set.revision())
                        + " was live there: --to "
                        + set.deployments().get(0).id()
                        + " starts that instead.")
            .orElse("No release on record was live there.")
        + forward;
  }

  static String names(List<String> revisions) {
    return revisions.isEmpty() ? "no revision" : String.join(", ", revisions);
  }
}
