package dev.signalbox.workflows.approval;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Checks who sent a decision: the key is the worker's and never part of a history. */
@ActivityInterface
public interface ProofActivities {

  /**
   * Whether the proof is the HMAC of exactly these words by the gateway's key; false too where the
   * worker has no key. A read of the worker's own, safe to repeat.
   */
  @ActivityMethod(name = "CheckProof")
  boolean holds(ProofQuery query);

  record ProofQuery(String project, ProvenWords words, String proof) {}
}
