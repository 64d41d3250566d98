package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The ledger's answer to an order.
 *
 * @param counted whether it was taken
 * @param queued whether somebody else goes first: it is done when their turn is over
 * @param message a sentence for the person
 */
public record OrderAnswer(
    boolean counted, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean queued, String message) {
  static OrderAnswer refused(String why) {
    return new OrderAnswer(false, false, why);
  }

  /** The same with a further clause; empty = none. */
  OrderAnswer with(String clause) {
    return clause.isEmpty() ? this : new OrderAnswer(counted, queued, message + clause);
  }

  static OrderAnswer done(String what) {
    return new OrderAnswer(true, false, what);
  }
}
