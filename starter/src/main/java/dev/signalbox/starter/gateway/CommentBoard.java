package dev.signalbox.starter.gateway;

import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.github.PostedText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one answer that stands on a pull request: a comment of ours, found by its marker, which each
 * answer changes in place. The newest few stand in it. Marked, so that twice is once.
 */
final class CommentBoard {
  private static final String MARKER = "answers";
  private static final int MOST_ENTRIES = 5;
  private static final int MOST_PULLS = 500;
  private static final int LONGEST_ANSWER = 8000;

  private final GitHubClient github;
  private final Repository repository;

  /** By pull request, then by comment: what was answered to it. */
  private final Map<Integer, Map<Long, String>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Map<Long, String>> eldest) {
          return size() > MOST_PULLS;
        }
      };

  CommentBoard(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  /** Says that a comment was seen. */
  void seen(long comment) {
    github.react(repository, comment, "eyes");
  }

  /** Says that a comment was seen, and that its author may not say this here. */
  void refused(long comment) {
    github.react(repository, comment, "confused");
  }

  /** The commit at the head of a pull request, and the branch that it goes to. */
  Place place(int pull) {
    var read = github.pull(repository, pull);
    return new Place(read.head().sha(), read.base().ref());
  }

  record Place(String head, String base) {}

  /** Whether the comment was answered, by us or by a gateway that ran before or beside us. */
  synchronized boolean answered(int pull, long comment) {
    return answers.getOrDefault(pull, Map.of()).containsKey(comment)
        || ours(pull).filter(text -> text.body().contains(mark(comment))).isPresent();
  }

  /**
   * Answers a comment, or changes what was answered to it.
   *
   * @param person who is answered
   * @param text words of ours and of others
   */
  synchronized void answer(int pull, long comment, String person, String text) {
    Map<Long, String> entries = answers.computeIfAbsent(pull, first -> new LinkedHashMap<>());
    entries.put(comment, entry(comment, person, text));
    while (entries.size() > MOST_ENTRIES) {
      entries.remove(entries.keySet().iterator().next());
    }
    String body = PostedText.body(newestFirst(entries), MARKER);
    Optional<IssueComment> ours = ours(pull);
    if (ours.isEmpty()) {
      github.comment(repository, pull, body);
    } else if (!body.equals(ours.get().body())) {
      github.changeComment(repository, ours.get().id(), body);
    }
  }

  private Optional<IssueComment> ours(int pull) {
    return github.comments(repository, pull).stream()
        .filter(one -> one.body() != null && one.body().contains(PostedText.marker(MARKER)))
        .findFirst();
  }

  private static String newestFirst(Map<Long, String> entries) {
    StringBuilder text = new StringBuilder();
    entries.values().forEach(entry -> text.insert(0, entry));
    return text.toString();
  }

  // Indented by four it is code: no Markdown, no link, nobody mentioned, whatever the words are.
  private static String entry(long comment, String person, String text) {
    StringBuilder entry =
        new StringBuilder("To ").append(PostedText.line(person, 100)).append(mark(comment));
    entry.append("\n\n");
    for (String line : Excerpt.begin(text, LONGEST_ANSWER).split("\\R", -1)) {
      entry.append("    ").append(line).append('\n');
    }
    return entry.append('\n').toString();
  }

  private static String mark(long comment) {
    return " ([comment " + comment + "](#issuecomment-" + comment + ")):";
  }
}
