package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.github.TriggerQuery;
import dev.signalbox.workflows.policy.Auto;
import java.util.List;

/** Reads what there is where a trigger points; what is not known for sure has changed. */
final class TriggerReading {
  private final GitHubClient github;
  private final Repository repository;
  private final TriggerQuery query;

  TriggerReading(GitHubClient github, Repository repository, TriggerQuery query) {
    this.github = github;
    this.repository = repository;
    this.query = query;
  }

  /** No branch's own name begins with {@code refs/}. */
  static String reference(String branch) {
    return branch.startsWith("refs/") ? branch.substring("refs/".length()) : "heads/" + branch;
  }

  TriggerLook read() {
    return Auto.pull(query.ref()).map(this::ofPull).orElseGet(this::ofReference);
  }

  private TriggerLook ofPull(int number) {
    Pull pull = github.pull(repository, number);
    TriggerLook.Pull shown =
        new TriggerLook.Pull(
            pull.state().equals("open"),
            pull.merged(),
            pull.head().ref(),
            pull.head().repo() != null
                && pull.head().repo().fullName().equals(pull.base().repo().fullName()),
            pull.base().ref(),
            pull.labels().stream().map(Pull.Label::name).toList());
    String revision = pull.merged() ? pull.mergeCommit() : pull.head().sha();
    boolean meant = query.label() == null || shown.labelled(query.label());
    return new TriggerLook(revision, shown, !meant || touched(revision), List.of());
  }

  private TriggerLook ofReference() {
    String revision = github.commit(repository, reference(query.ref())).sha();
    return new TriggerLook(
        revision, null, touched(revision), query.heads() ? heads(revision) : List.of());
  }

  private List<String> heads(String revision) {
    return github.pullsOf(repository, revision).stream()
        .filter(pull -> pull.mergedAt() != null)
        .map(pull -> pull.head().ref())
        .distinct()
        .toList();
  }

  private boolean touched(String revision) {
    if (query.paths().isEmpty() || query.base() == null) {
      return true;
    }
    try {
      return !new PathPatterns(query.paths())
          .untouchedBy(github.compare(repository, query.base(), revision));
    } catch (ApiException unknown) {
      if (unknown.kind() != ApiException.Kind.NOT_FOUND) {
        throw unknown;
      }
      return true;
    }
  }
}
