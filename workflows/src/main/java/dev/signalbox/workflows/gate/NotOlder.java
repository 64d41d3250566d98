package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;

/**
 * The promoted revision is not older than what runs.
 *
 * @param live what the ledger recorded; null = no record
 */
record NotOlder(String revision, LiveSet live) implements Gate {
  private static final String NAME = "not-older";

  @Override
  public GateResult judge(Facts facts) {
    if (facts.release() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    if (facts.base() == null && facts.target() == null) {
      return Gates.unread(NAME, "Railway", facts);
    }
    if (facts.base() == null && !facts.unnamed().isEmpty()) {
      return unknown(String.join(", ", facts.unnamed()));
    }
    if (facts.base() == null) {
      return GateResult.met(NAME, "first release: nothing runs here that it could be older than");
    }
    if (facts.base().equals(revision) && live != null && !live.whole()) {
      return GateResult.met(
          NAME,
          "runs here already, but "
              + String.join(", ", live.apart())
              + " was left on another commit");
    }
    if (facts.base().equals(revision)) {
      return GateResult.failed(NAME, "this commit runs here already", "requester");
    }
    return facts.release().baseIsAncestor()
        ? GateResult.met(NAME, "follows " + ShortCommit.of(facts.base()) + standing(facts))
        : GateResult.failed(
            NAME,
            ShortCommit.of(facts.base()) + " runs now and is not an ancestor of this commit",
            "requester");
  }

  /** What the record is worth: somebody else may have deployed since. */
  private String standing(Facts facts) {
    List<String> others = replaced(facts);
    return others.isEmpty()
        ? ", which runs now"
        : ", which is on record as live; "
            + String.join(", ", others)
            + ", deployed by somebody else";
  }

  private List<String> replaced(Facts facts) {
    return live == null || facts.target() == null
        ? List.of()
        : facts.target().services().stream()
            .filter(service -> service.active() != null && service.active().revision() != null)
            .filter(service -> !isOurs(service.active()))
            .filter(service -> !live.apart().contains(service.railway()))
            .map(
                service ->
                    service.railway() + " runs " + ShortCommit.of(service.active().revision()))
            .toList();
  }

  private boolean isOurs(ServiceDeployment active) {
    return active.revision().equals(live.revision())
        || active.revision().equals(live.mergeCommit())
        || live.deployments().stream().anyMatch(one -> one.id().equals(active.id()));
  }

  private static GateResult unknown(String services) {
    return GateResult.waiting(
        NAME,
        "Railway names no commit for what runs as "
            + services
            + " (an upload?), so nobody knows whether this one is older; deploy "
            + services
            + " once from a commit of the repository, in Railway",
        null,
        "operators");
  }
}
