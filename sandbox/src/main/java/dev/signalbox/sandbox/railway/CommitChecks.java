package dev.signalbox.sandbox.railway;

/** What the code host says of a commit's check suites: what "Wait for CI" waits for. */
@FunctionalInterface
public interface CommitChecks {
  /** All of them together. */
  enum Verdict {
    PENDING,
    GREEN,
    RED
  }

  /** No check suite at all is green. */
  Verdict of(String sha);
}
