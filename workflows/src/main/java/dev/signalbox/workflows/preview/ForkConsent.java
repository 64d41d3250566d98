package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What a preview may have of a fork: one commit at a time, to which a member consented.
 *
 * @param asked the commit for which consent was asked last; null = for none
 * @param since when people could read that; null = nobody was asked yet
 * @param commit the one that somebody consented to; null = none
 * @param person who did
 * @param door by which
 * @param proved whether that door proved who it was
 * @param at when it was taken
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record ForkConsent(
    String asked,
    Instant since,
    String commit,
    String person,
    String door,
    boolean proved,
    Instant at) {
  /** What it is called among the things that people are asked. */
  static final String ASK = "consent";

  static final ForkConsent NONE = new ForkConsent(null, null, null, null, null, false, null);

  /** People can read from now on that this commit wants it. */
  ForkConsent asking(String head, Instant now) {
    return new ForkConsent(head, now, commit, person, door, proved, at);
  }

  /** This person consented to this commit; what was given before is spent. */
  ForkConsent given(String head, String name, String by, boolean proof, Instant now) {
    return new ForkConsent(asked, since, head, name, by, proof, now);
  }

  /** Whether people can read that this commit wants it. */
  boolean asks(String head) {
    return head.equals(asked) && since != null;
  }

  /** Whether somebody consented to exactly this commit. */
  boolean covers(String head) {
    return head.equals(commit);
  }
}
