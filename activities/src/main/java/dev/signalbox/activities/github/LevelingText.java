package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.workflows.github.LevelOrder;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;

/**
 * What the pull request says that brings a branch level.
 *
 * @param head what it brings
 * @param own commits that only the branch has, newest first
 * @param refusal why GitHub does not let the branch be moved; null = it has commits of its own
 */
record LevelingText(LevelOrder order, String head, List<Commit> own, String refusal) {
  /** With subjects of the usual length the text stays whole. */
  private static final int MOST_LISTED = 300;

  LevelingText {
    own = List.copyOf(own);
  }

  String title() {
    return PostedText.title(
        "Bring " + order.sourceBranch() + " level with " + order.branch() + " after a release");
  }

  /**
   * @param follows whether its branch is where the released one is
   */
  String body(boolean follows) {
    StringBuilder body = new StringBuilder();
    body.append("**").append(order.environment()).append("** was released from `");
    body.append(order.sourceBranch()).append("`, and `").append(order.branch());
    body.append("` is at `").append(head).append("` since. ");
    body.append(reason())
        .append("\n\n**Merge this with a merge commit.** Squashed or rebased, the");
    body.append(" two histories stay apart, and the next release conflicts.\n");
    if (!follows) {
      body.append("\nSomebody has pushed to the branch of this pull request, so that it was not");
      body.append(" moved on to `").append(ShortCommit.of(head)).append("`: merge `");
      body.append(order.branch()).append("` into it first.\n");
    }
    if (!own.isEmpty()) {
      body.append("\nWhat only `").append(order.sourceBranch()).append("` has:\n\n");
      own.stream().limit(MOST_LISTED).forEach(commit -> body.append(line(commit)));
    }
    if (own.size() > MOST_LISTED) {
      body.append("- … and ").append(own.size() - MOST_LISTED).append(" older ones\n");
    }
    return body.toString();
  }

  private String reason() {
    return refusal == null
        ? "`"
            + order.sourceBranch()
            + "` has commits of its own, so it cannot be moved forward, and it is never forced:"
            + " nothing of what is listed here may be lost."
        : "`"
            + order.sourceBranch()
            + "` lacks nothing of its own, but GitHub lets nobody push to it: "
            + PostedText.words(refusal);
  }

  private static String line(Commit commit) {
    return "- "
        + commit.sha()
        + " "
        + PostedText.words(commit.subject())
        + " ("
        + PostedText.words(commit.authorName())
        + ")\n";
  }
}
