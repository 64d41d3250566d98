package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Attempts;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.github.LevelOrder;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.github.SyncActivities;
import io.temporal.activity.Activity;
import java.util.Set;

/** Branches at GitHub brought level. */
public final class SyncActivitiesImpl implements SyncActivities {
  private final GitHubClient github;
  private final Set<String> projects;

  /**
   * @param projects that this worker serves
   */
  public SyncActivitiesImpl(GitHubClient github, Set<String> projects) {
    this.github = github;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public LevelReport bringLevel(LevelOrder order) {
    Failures.requireServed(order.project(), projects);
    boolean again = Attempts.maybeAgain(Activity.getExecutionContext().getInfo());
    return Failures.mapped(
        () -> new Leveling(github, Repository.of(order.repository()), order).carryOut(again));
  }
}
