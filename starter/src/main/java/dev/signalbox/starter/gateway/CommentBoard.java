package dev.signalbox.starter.gateway;

import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.github.PostedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one answer that stands on a pull request: a comment of ours, found by its marker, which each
 * answer changes in place. The newest few stand in it. Marked, so that twice is once.
 */
final class CommentBoard {
  private static final String MARKER = "answers";
  private static final int MOST_ENTRIES = 5;
  private static final int LONGEST_ANSWER = 9_000;

  /** How each answer begins; what follows is indented, so nothing in it looks like this. */
  private static final Pattern HEADING =
      Pattern.compile("(?m)^To .*\\(\\[comment (\\d+)\\]\\(#issuecomment-\\1\\)\\):$");

  private final GitHubClient github;
  private final Repository repository;

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

  /** What stands in a comment now; fails as not found once it is deleted. */
  String text(long comment) {
    String body = github.commentNow(repository, comment).body();
    return body == null ? "" : body;
  }

  /** The commit at the head of a pull request, and the branch that it goes to. */
  Place place(int pull) {
    var read = github.pull(repository, pull);
    return new Place(read.head().sha(), read.base().ref());
  }

  record Place(String head, String base) {}

  /**
   * Answers a comment, or changes what was answered to it.
   *
   * @param person who is answered
   * @param text words of ours and of others
   */
  synchronized void answer(int pull, long comment, String person, String text) {
    Optional<IssueComment> ours = ours(pull);
    Map<Long, String> entries =
        ours.map(IssueComment::body).map(CommentBoard::entries).orElseGet(LinkedHashMap::new);
    entries.put(comment, entry(comment, person, text));
    while (entries.size() > MOST_ENTRIES) {
      entries.remove(entries.keySet().iterator().next());
    }
    String body = PostedText.body(newestFirst(entries), MARKER);
    if (ours.isEmpty()) {
      github.comment(repository, pull, body);
    } else if (!body.equals(ours.get().body())) {
      github.changeComment(repository, ours.get().id(), body);
    }
  }

  private Optional<IssueComment> ours(int pull) {
    return github.ownComments(repository, pull, PostedText.marker(MARKER)).stream().findFirst();
  }

  /** What stands there by comment, oldest first: also what another gateway wrote. */
  private static Map<Long, String> entries(String body) {
    String text = body.replace(PostedText.marker(MARKER), "").replace("\r\n", "\n");
    List<Long> comments = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    Matcher heading = HEADING.matcher(text);
    while (heading.find()) {
      comments.add(Long.valueOf(heading.group(1)));
      starts.add(heading.start());
    }
    starts.add(text.length());
    Map<Long, String> entries = new LinkedHashMap<>();
    for (int at = comments.size() - 1; at >= 0; at--) {
      String entry = text.substring(starts.get(at), starts.get(at + 1)).stripTrailing();
      entries.put(comments.get(at), entry + "\n\n");
    }
    return entries;
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
    return entry.toString().stripTrailing() + "\n\n";
  }

  private static String mark(long comment) {
    return " ([comment " + comment + "](#issuecomment-" + comment + ")):";
  }
}
