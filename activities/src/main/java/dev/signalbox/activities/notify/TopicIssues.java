package dev.signalbox.activities.notify;

import dev.signalbox.activities.github.GitHubAnswers.Issue;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.github.GitHubIssues.Edit;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import java.util.List;
import java.util.Optional;

/**
 * One issue for each thing that goes on: opened by the first notice, commented by those that
 * follow, closed by the last. Recognised by a hidden marker in what we wrote.
 *
 * @see <a href="https://docs.github.com/rest/issues/issues">Issues</a>; the token needs the right
 *     to write them
 */
final class TopicIssues implements Notifier {
  private static final String LABEL = "signalbox";

  private final GitHubClient github;

  TopicIssues(GitHubClient github) {
    this.github = github;
  }

  @Override
  public boolean wants(Notice notice) {
    return notice.topic() != null;
  }

  @Override
  public void tell(Notice notice, boolean again) {
    Repository repository = Repository.of(notice.repository());
    String topic = PostedText.marker(notice.topic().id());
    Optional<Issue> open =
        github.openIssues(repository, LABEL).stream()
            .filter(issue -> issue.contains(topic) && github.opened(issue))
            .findFirst();
    if (open.isPresent()) {
      add(repository, open.get(), notice);
    } else if (!notice.topic().over()) {
      github
          .issues()
          .open(
              repository,
              PostedText.title(notice.topic().title()),
              opening(notice, topic),
              List.of(LABEL));
    }
  }

  private static String opening(Notice notice, String topic) {
    String text = body(notice);
    return text + (text.endsWith(topic) ? "" : "\n" + topic);
  }

  private void add(Repository repository, Issue issue, Notice notice) {
    String marker = PostedText.marker(notice.marker());
    boolean told =
        issue.contains(marker) || !github.ownComments(repository, issue.number(), marker).isEmpty();
    if (!told) {
      github.comment(repository, issue.number(), body(notice));
    }
    if (notice.topic().over()) {
      github.issues().change(repository, issue.number(), new Edit(null, null, "closed"));
    }
  }

  /** Calls whom the notice names: nobody else follows the issue. */
  private static String body(Notice notice) {
    String mentions = String.join(" ", notice.mentions());
    String text = PostedText.body(notice.markdown(), notice.marker());
    return mentions.isEmpty() ? text : mentions + "\n\n" + text;
  }
}
