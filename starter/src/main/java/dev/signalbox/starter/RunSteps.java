package dev.signalbox.starter;

import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The steps of a run under way, together with those of the deploy that it started. */
public final class RunSteps {
  private static final String VERIFY = "verify";
  private static final String SOAK = "soak";

  private final SignalboxClient client;
  private final String deployId;

  /** The watch that was last seen to soak, by when it began, and since when it soaks. */
  private Instant watched;

  private SoakBegun lastSoak;

  public RunSteps(SignalboxClient client, String environment) {
    this.client = client;
    this.deployId = MigrateAndDeployWorkflow.id(client.project(), environment);
  }

  /** In order; a run that has ended has all of them itself. */
  public List<Step> of(PromotionStatus run) {
    Map<String, Step> steps = new LinkedHashMap<>();
    put(run.steps(), steps);
    if (!run.id().equals(deployId) && run.result() == null) {
      client
          .status(deployId)
          .filter(deploy -> isOf(run, deploy))
          .ifPresent(deploy -> put(deploy.steps(), steps));
    }
    soaking(steps);
    return List.copyOf(steps.values());
  }

  /** The run itself learns that the soak has begun when it has ended. */
  private void soaking(Map<String, Step> steps) {
    Step verify = steps.get(key(VERIFY, null));
    if (verify == null || verify.state() != Step.State.RUNNING || verify.detail() == null) {
      return;
    }
    soakOf(verify)
        .ifPresent(
            soak ->
                put(
                    List.of(
                        new Step(
                            VERIFY,
                            null,
                            Step.State.DONE,
                            soak.verification().summary(),
                            verify.startedAt(),
                            soak.verifiedAt()),
                        new Step(SOAK, null, Step.State.RUNNING, null, soak.verifiedAt(), null)),
                    steps));
  }

  /**
   * As the engine has it, or had it at the last look: when the watch has ended the engine forgets
   * it, a moment before the run hears of it.
   */
  private Optional<SoakBegun> soakOf(Step verify) {
    client
        .soakBegun(deployId)
        .ifPresent(
            begun -> {
              watched = verify.startedAt();
              lastSoak = begun;
            });
    return Objects.equals(watched, verify.startedAt())
        ? Optional.ofNullable(lastSoak)
        : Optional.empty();
  }

  private static String key(String name, String service) {
    return name + "/" + service;
  }

  private static void put(List<Step> more, Map<String, Step> steps) {
    more.forEach(step -> steps.put(key(step.name(), step.service()), step));
  }

  // All deploys of an environment have one id: until this run has started its own, the last one
  // answers, and that may have been of the same commit.
  private static boolean isOf(PromotionStatus run, PromotionStatus deploy) {
    Optional<Instant> began = began(run);
    return Objects.equals(deploy.revision(), run.revision())
        && began.isPresent()
        && began(deploy).filter(at -> !at.isBefore(began.get())).isPresent();
  }

  private static Optional<Instant> began(PromotionStatus run) {
    return run.steps().stream().map(Step::startedAt).min(Comparator.naturalOrder());
  }
}
