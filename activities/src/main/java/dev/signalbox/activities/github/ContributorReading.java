package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Activity;
import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.User;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.github.Contributor;
import dev.signalbox.workflows.github.Contributor.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads who has a part in a release: who wrote, committed and pushed its commits, and whom their
 * messages name as co-authors. GitHub keeps who pushed apart from git, and tells of it the newest
 * hundred pushes of one branch and of all.
 */
final class ContributorReading {
  /** As git's own trailer has it; GitHub heeds it on any line of the message. */
  private static final Pattern CO_AUTHOR =
      Pattern.compile("(?im)^\\s*co-authored-by:\\s*([^<\\n]*?)\\s*<([^>\\n]+)>");

  /** Of what GitHub commits by itself. */
  private static final String WEB_FLOW = "web-flow";

  private final GitHubClient github;
  private final Repository repository;
  private final Map<String, Contributor> found = new LinkedHashMap<>();
  private String pushersUnread;

  ContributorReading(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  /**
   * @param commits all that would ship
   * @param branch that they came by
   */
  void read(List<Commit> commits, String branch) {
    commits.forEach(this::note);
    Set<String> shas = commits.stream().map(Commit::sha).collect(Collectors.toSet());
    pushes(branch).stream()
        .filter(push -> shas.contains(push.after()))
        .forEach(push -> note(Part.PUSHER, push.after(), push.actor(), null));
  }

  private List<Activity> pushes(String branch) {
    try {
      List<Activity> pushes = new ArrayList<>(github.activity(repository, branch));
      pushes.addAll(github.activity(repository, null));
      return pushes;
    } catch (ApiException refusal) {
      // A token may not, or a GitHub Enterprise Server not know how: that is for people to weigh.
      if (!refusal.is(Kind.NOT_FOUND) && !refusal.is(Kind.REJECTED)) {
        throw refusal;
      }
      pushersUnread = refusal.getMessage();
      return List.of();
    }
  }

  private void note(Commit commit) {
    note(Part.AUTHOR, commit.sha(), commit.author(), commit.commit().author());
    note(Part.COMMITTER, commit.sha(), commit.committer(), commit.commit().committer());
    Matcher trailer = CO_AUTHOR.matcher(commit.message());
    while (trailer.find()) {
      note(
          Part.CO_AUTHOR,
          commit.sha(),
          null,
          new Commit.Person(trailer.group(1), trailer.group(2).strip()));
    }
  }

  private void note(Part part, String commit, User user, Commit.Person person) {
    String login = user == null ? null : user.login();
    String email = person == null ? null : person.email();
    if (WEB_FLOW.equals(login) || (login == null && person == null)) {
      return;
    }
    String key = (part + " " + login + " " + email).toLowerCase(Locale.ROOT);
    found.putIfAbsent(
        key, new Contributor(part, commit, login, person == null ? null : person.name(), email));
  }

  List<Contributor> found() {
    return List.copyOf(found.values());
  }

  /** Null where it was read, or not asked for. */
  String pushersUnread() {
    return pushersUnread;
  }
}
