package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every service of the source environment runs exactly this revision, has done so for the source's
 * soak time, and answers healthy with that version now. A job answers nothing: it has ended there
 * without a fault, or is built for its next tick.
 *
 * @param source name of the environment promoted from; null = none, and then nothing was verified
 *     elsewhere
 */
record VerifiedInSource(
    String source, String branch, Duration soak, List<ServicePolicy> services, String revision)
    implements Gate {
  private static final String NAME = "verified-in-source";

  static VerifiedInSource of(Pipeline pipeline, String revision) {
    return pipeline
        .promotedFrom()
        .map(
            from ->
                new VerifiedInSource(
                    from.name(), from.branch(), from.soak(), pipeline.servicesInSource(), revision))
        .orElse(
            new VerifiedInSource(null, null, Duration.ZERO, pipeline.servicesInSource(), revision));
  }

  @Override
  public GateResult judge(Facts facts) {
    if (source == null) {
      return GateResult.met(NAME, "nothing was verified elsewhere: this environment has no source");
    }
    if (facts.source() == null) {
      return Gates.unread(NAME, "Railway", facts);
    }
    List<String> gone =
        facts.source().missing(services.stream().map(ServicePolicy::railway).toList());
    if (!gone.isEmpty()) {
      return GateResult.failed(NAME, source + ": " + String.join("; ", gone), "operators");
    }
    List<String> otherRevision = new ArrayList<>();
    List<String> underWay = new ArrayList<>();
    Instant youngest = Instant.EPOCH;
    for (ServicePolicy service : services) {
      Optional<ServiceDeployment> active =
          facts.source().service(service.railway()).map(ServiceState::active);
      if (service.job()
          && facts.source().service(service.railway()).filter(VerifiedInSource::runs).isPresent()) {
        underWay.add(service.name());
      }
      if (active.isEmpty()
          || !(isIt(active.get().revision(), facts)
              || facts.verifiedInSource(service.name(), active.get(), revision))) {
        otherRevision.add(
            service.name()
                + (service.job() ? " ran " : " runs ")
                + active.map(ServiceDeployment::revision).map(this::shorten).orElse("nothing"));
      } else {
        Instant since = since(service.name(), active.get(), facts);
        youngest = since.isAfter(youngest) ? since : youngest;
      }
    }
    if (!otherRevision.isEmpty()) {
      return elsewhere(
          source + " does not run this commit: " + String.join(", ", otherRevision),
          facts.strayed());
    }
    if (!underWay.isEmpty()) {
      return GateResult.waiting(
          NAME,
          "the job has not ended in " + source + ": " + String.join(", ", underWay),
          null,
          "Railway");
    }
    Instant soaked = youngest.plus(soak);
    if (facts.readAt().isBefore(soaked)) {
      return GateResult.waiting(
          NAME, "soaking in " + source + " until " + Moments.text(soaked), soaked, "time");
    }
    return healthy(facts)
        .map(sick -> GateResult.waiting(NAME, sick, null, "whoever runs " + source))
        .orElseGet(
            () ->
                GateResult.met(
                    NAME,
                    "active and healthy in "
                        + source
                        + " on every service, soaked "
                        + DurationText.of(soak)));
  }

  /**
   * @param strayed what its branch has instead; null = the commit may still come there
   */
  private GateResult elsewhere(String evidence, String strayed) {
    if (strayed == null) {
      return GateResult.waiting(NAME, evidence, null, "whoever deploys " + source);
    }
    return GateResult.failed(
        NAME,
        evidence
            + "; branch "
            + branch
            + " is at "
            + shorten(strayed)
            + " now and does not contain "
            + shorten(revision)
            + " any more (amended, rebased, or pushed by force). What was said to "
            + shorten(revision)
            + " is for no other commit: promote "
            + shorten(strayed),
        "requester");
  }

  private static boolean runs(ServiceState job) {
    return job.active() != null && !job.completed();
  }

  /** In a chain the source may run the merge commit that stands for the revision there. */
  private boolean isIt(String running, Facts facts) {
    return revision.equals(running) || (running != null && facts.standIns().contains(running));
  }

  private Optional<String> healthy(Facts facts) {
    for (ServicePolicy service : services) {
      if (service.health() == null) {
        continue;
      }
      Optional<Sample> sample =
          facts.sourceHealth().stream()
              .filter(one -> one.service().equals(service.name()))
              .findFirst();
      if (sample.isEmpty()) {
        return Optional.of(
            service.name() + " of " + source + " could not be asked: it has no address");
      }
      if (sample.get().reading() != Reading.GOOD) {
        return Optional.of(
            service.name()
                + " of "
                + source
                + " is not healthy: expected "
                + sample.get().expected()
                + ", got "
                + sample.get().got());
      }
    }
    return Optional.empty();
  }

  /**
   * The record counts as long as the very deployment runs that it is about: before a younger one of
   * this commit another may have run, and nobody has recorded that.
   */
  private Instant since(String service, ServiceDeployment active, Facts facts) {
    LiveSet recorded = facts.sourceLive();
    if (recorded != null
        && revision.equals(recorded.revision())
        && recorded.since() != null
        && recorded.has(service, active)) {
      return recorded.since();
    }
    return active.since() == null ? facts.readAt() : active.since();
  }

  private String shorten(String sha) {
    return ShortCommit.of(sha, "an unknown commit");
  }
}
