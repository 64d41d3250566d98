package dev.signalbox.activities.policy;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PreviewSettings;
import java.util.Set;

/** Reads the policy at the moment it is asked for. */
public final class PolicyActivitiesImpl implements PolicyActivities {
  private final PolicySource source;
  private final Set<String> projects;

  /**
   * @param projects that this worker serves
   */
  public PolicyActivitiesImpl(PolicySource source, Set<String> projects) {
    this.source = source;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public Pipeline read(PolicyQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(() -> pipeline(query));
  }

  @Override
  public Auto auto(PolicyQuery query) {
    Failures.requireServed(query.project(), projects);
    try {
      return source.auto(query.environment());
    } catch (InvalidPolicyException e) {
      throw Failures.invalidPolicy(e.getMessage(), e);
    }
  }

  @Override
  public PreviewSettings previews(ProjectQuery query) {
    Failures.requireServed(query.project(), projects);
    try {
      return source.previews();
    } catch (InvalidPolicyException e) {
      throw Failures.invalidPolicy(e.getMessage(), e);
    }
  }

  @Override
  public MonitorPolicy monitor(PolicyQuery query) {
    Failures.requireServed(query.project(), projects);
    try {
      return source.monitor(query.environment()).orElse(null);
    } catch (InvalidPolicyException e) {
      throw Failures.invalidPolicy(e.getMessage(), e);
    }
  }

  private Pipeline pipeline(PolicyQuery query) {
    try {
      return source
          .pipeline(query.environment())
          .orElseThrow(
              () ->
                  ApiException.notFound(
                      "signalbox.toml has no environment "
                          + query.environment()
                          + "; add [environments."
                          + query.environment()
                          + "] or name another"));
    } catch (InvalidPolicyException e) {
      throw Failures.invalidPolicy(e.getMessage(), e);
    }
  }
}
