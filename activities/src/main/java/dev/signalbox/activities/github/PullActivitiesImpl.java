package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Pull;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.github.PullActivities;
import io.temporal.activity.Activity;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Pull requests and their previews at GitHub. */
public final class PullActivitiesImpl implements PullActivities {
  private final GitHubClient github;
  private final Set<String> projects;
  private final PreviewWrites pace;

  /**
   * @param projects that this worker serves
   */
  public PullActivitiesImpl(GitHubClient github, Set<String> projects, Clock clock) {
    this.github = github;
    this.projects = Set.copyOf(projects);
    this.pace = new PreviewWrites(clock, PullActivitiesImpl::hasTime);
  }

  /** A local attempt has three seconds for everything; an ordinary one comes after it. */
  private static boolean hasTime() {
    return !Activity.getExecutionContext().getInfo().isLocal();
  }

  @Override
  public PullState readPull(PullQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(() -> state(pace.read(name(query), () -> pull(query))));
  }

  private Pull pull(PullQuery query) {
    return github.pull(Repository.of(query.repository()), query.number());
  }

  private static String name(PullQuery query) {
    return query.repository() + "#" + query.number();
  }

  @Override
  public PullState awaitPull(PullQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(() -> pace.poll(() -> pull(query)))
        .map(PullActivitiesImpl::state)
        .filter(now -> !now.equals(query.known()))
        .orElseThrow(() -> Failures.unchanged("pull request #" + query.number(), null));
  }

  /** Every open pull request of the repository. */
  public List<PullState> open(String repository) {
    return Failures.mapped(
        () ->
            pace
                .read(
                    "the open ones of " + repository,
                    () -> github.openPullsInto(Repository.of(repository), null))
                .stream()
                .map(PullActivitiesImpl::state)
                .toList());
  }

  private static PullState state(Pull pull) {
    return new PullState(
        pull.number(),
        "open".equals(pull.state()),
        pull.merged(),
        pull.draft(),
        pull.head().sha(),
        pull.head().ref(),
        pull.base().ref(),
        pull.head().repo() == null ? null : pull.head().repo().fullName(),
        pull.user() == null ? null : pull.user().login(),
        pull.labels().stream().map(Pull.Label::name).sorted().toList());
  }

  @Override
  public void tellPreview(PreviewNotice notice) {
    Failures.requireServed(notice.project(), projects);
    Failures.mapped(
        () ->
            pace.say(
                notice,
                new PreviewTelling(github, Repository.of(notice.repository()), notice)::say));
  }
}
