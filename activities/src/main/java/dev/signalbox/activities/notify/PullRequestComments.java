package dev.signalbox.activities.notify;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;

/**
 * Comments on the promotion's pull request, each with a hidden marker.
 *
 * @see <a href="https://docs.github.com/rest/issues/comments">Issue comments</a>, which are a pull
 *     request's too
 */
final class PullRequestComments implements Notifier {
  /** GitHub takes 65,536 characters; the marker must not be what is cut off. */
  private static final int LONGEST_TEXT = 60_000;

  private final GitHubClient github;

  PullRequestComments(GitHubClient github) {
    this.github = github;
  }

  @Override
  public boolean wants(Notice notice) {
    return notice.pullRequest() > 0;
  }

  @Override
  public void tell(Notice notice, boolean again) {
    Repository repository = Repository.of(notice.repository());
    String marker = marker(notice);
    boolean told =
        again
            && github.comments(repository, notice.pullRequest()).stream()
                .anyMatch(comment -> comment.body() != null && comment.body().contains(marker));
    if (!told) {
      github.comment(repository, notice.pullRequest(), body(notice, marker));
    }
  }

  /** Two hyphens would end the HTML comment that hides it. */
  private static String marker(Notice notice) {
    return "<!-- signalbox:" + notice.marker().replace("--", "- -") + " -->";
  }

  private static String body(Notice notice, String marker) {
    String mentions = String.join(" ", notice.mentions());
    String text = mentions.isEmpty() ? notice.markdown() : mentions + "\n\n" + notice.markdown();
    return printable(text) + "\n\n" + marker;
  }

  // Whatever a text brings along: no control characters, and no marker but our own.
  private static String printable(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "").replace("<!--", "<! --");
    return plain.length() > LONGEST_TEXT ? plain.substring(0, LONGEST_TEXT) + "…" : plain;
  }
}
