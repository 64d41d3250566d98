package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.deploy.Foreign;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;

/**
 * The promoted revision is not older than what runs: neither than what the ledger recorded, nor
 * than what somebody else put in its place.
 *
 * @param live what the ledger recorded; null = no record
 */
record NotOlder(String revision, LiveSet live, Pipeline pipeline) implements Gate {
  private static final String NAME = "not-older";

  @Override
  public GateResult judge(Facts facts) {
    if (facts.release() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    // With a record, too: somebody else may have deployed since, and what is newer is not known.
    if (facts.target() == null) {
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
    if (!facts.release().baseIsAncestor()) {
      return GateResult.failed(
          NAME,
          ShortCommit.of(facts.base()) + " runs now and is not an ancestor of this commit",
          "requester");
    }
    return following(facts, Foreign.of(live, pipeline, facts.target()));
  }

  /** What the record is worth: somebody else may have deployed since. */
  private static GateResult following(Facts facts, List<ServiceDeployment> foreign) {
    String follows = "follows " + ShortCommit.of(facts.base());
    List<ServiceDeployment> newer =
        foreign.stream().filter(one -> facts.release().newer().contains(one.revision())).toList();
    if (!newer.isEmpty()) {
      return GateResult.failed(
          NAME,
          Foreign.words(newer)
              + ", and that is newer than this commit: promote one that follows it",
          "requester");
    }
    return GateResult.met(
        NAME,
        foreign.isEmpty()
            ? follows + ", which runs now"
            : follows + ", which is on record as live; " + Foreign.words(foreign));
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
