package dev.signalbox.activities.notify;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Comments on the promotion's pull request, each with a hidden marker, by which ours are found
 * again.
 *
 * @see <a href="https://docs.github.com/rest/issues/comments">Issue comments</a>, which are a pull
 *     request's too
 */
final class PullRequestComments implements Notifier {
  private static final Logger log = LoggerFactory.getLogger(PullRequestComments.class);

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
    bringUpToDate(notice, repository);
    String marker = PostedText.marker(notice.marker());
    boolean told = again && !github.ownComments(repository, notice.pullRequest(), marker).isEmpty();
    if (!told) {
      github.comment(repository, notice.pullRequest(), body(notice));
    }
  }

  /**
   * Whoever follows the notice to the pull request reads there what is so; without it all is told.
   */
  private void bringUpToDate(Notice notice, Repository repository) {
    if (notice.pullBody() == null) {
      return;
    }
    try {
      github.updatePull(repository, notice.pullRequest(), notice.pullBody());
    } catch (ApiException stale) {
      log.info("body not written pull={}: {}", notice.pullRequest(), stale.getMessage());
    }
  }

  /** Only whom the notice names is called: a text of others calls nobody. */
  private static String body(Notice notice) {
    String mentions = String.join(" ", notice.mentions());
    String text = PostedText.body(notice.markdown(), notice.marker());
    return mentions.isEmpty() ? text : mentions + "\n\n" + text;
  }
}
