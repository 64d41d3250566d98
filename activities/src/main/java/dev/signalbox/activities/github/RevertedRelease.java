package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a revert takes back, and how git and people say it.
 *
 * @param base whose files come back
 * @param commits newest first; the first one is the revision itself
 */
record RevertedRelease(RevertOrder order, String base, List<Commit> commits) {
  /** Enough to find each, and few enough for one message. */
  private static final int MOST_NAMED = 200;

  private static final int MOST_COMMANDS = 10;

  RevertedRelease {
    commits = List.copyOf(commits);
  }

  /** As {@code git revert} words it, for each commit: what contains them is judged by that. */
  String message() {
    return title()
        + "\n\n"
        + commits.stream()
            .limit(MOST_NAMED)
            .map(RevertedRelease::sentence)
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String sentence(Commit commit) {
    return "This reverts commit "
        + commit.sha()
        + (commit.parents().size() > 1
            ? ", reversing\nchanges made to " + commit.parentShas().get(0) + "."
            : ".");
  }

  String title() {
    return PostedText.title(
        commits.size() == 1
            ? "Revert \"" + commits.get(0).subject() + "\""
            : "Revert the release "
                + ShortCommit.of(order.revision())
                + " of "
                + order.environment()
                + " ("
                + commits.size()
                + " commits)");
  }

  /** The pull request's text. */
  String body() {
    StringBuilder body = new StringBuilder();
    body.append("`").append(order.revision()).append("` proved bad in **");
    body.append(order.environment()).append("** and was taken back there; the promotion is `");
    body.append(order.workflowId()).append("`.\n\nThis brings `").append(order.branch());
    body.append("` back to what ran before, `").append(base).append("`");
    body.append(commits.size() == 1 ? "" : ", and so takes back all of that release").append(":\n");
    for (Commit commit : commits.stream().limit(MOST_NAMED).toList()) {
      body.append("\n- ").append(commit.sha()).append(' ');
      body.append(PostedText.words(commit.subject()));
    }
    return body.append("\n\nUntil it is merged, what contains `")
        .append(ShortCommit.of(order.revision()))
        .append("` is refused in ")
        .append(order.environment())
        .append(". Where a later commit mends it, close this, and who may approve says which:")
        .append("\n\n```\nsignalbox unquarantine ")
        .append(order.environment())
        .append(" --commit ")
        .append(ShortCommit.of(order.revision()))
        .append(" --mended COMMIT --reason TEXT\n```\n")
        .toString();
  }

  /** The same with git's own commands, newest first: a merge has to be told its mainline. */
  String commands() {
    List<Commit> line = mainline();
    String commands =
        line.stream()
            .limit(MOST_COMMANDS)
            .map(
                commit ->
                    "`git revert "
                        + (commit.parents().size() > 1 ? "-m 1 " : "")
                        + ShortCommit.of(commit.sha())
                        + "`")
            .collect(Collectors.joining(", "));
    return "on `"
        + order.branch()
        + "` by hand: "
        + commands
        + (line.size() > MOST_COMMANDS
            ? " and so on down to " + ShortCommit.of(base) + " by `git log --first-parent`"
            : "");
  }

  /** From the revision along first parents: what was merged in goes with its merge. */
  private List<Commit> mainline() {
    Map<String, Commit> known = new HashMap<>();
    commits.forEach(commit -> known.put(commit.sha(), commit));
    List<Commit> line = new ArrayList<>();
    for (Commit next = commits.get(0);
        next != null;
        next = next.parents().isEmpty() ? null : known.get(next.parentShas().get(0))) {
      line.add(next);
    }
    return line;
  }
}
