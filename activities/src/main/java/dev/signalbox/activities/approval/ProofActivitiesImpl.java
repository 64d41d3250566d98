package dev.signalbox.activities.approval;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.approval.ProofActivities;
import java.util.Optional;
import java.util.Set;

/** Holds the gateway's key. Without one nothing is proved. */
public final class ProofActivitiesImpl implements ProofActivities {
  private final Optional<Secret> key;
  private final Set<String> projects;

  /**
   * @param projects that this worker serves
   */
  public ProofActivitiesImpl(Optional<Secret> key, Set<String> projects) {
    this.key = key;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public boolean holds(ProofQuery query) {
    Failures.requireServed(query.project(), projects);
    return query.proof() != null
        && key.filter(known -> DecisionProof.holds(query.words(), query.proof(), known))
            .isPresent();
  }
}
