package dev.signalbox.workflows.monitor;

import java.time.Instant;

/**
 * How one check stands: what its looks so far add up to.
 *
 * @param reason why it is not up, in words; null = it is
 * @param since when the state began
 * @param good good looks in a row
 * @param bad looks in a row that were not good
 * @param looks how many were taken in all
 * @param firstBad the first bad look of the row that is under way, or of the outage; null = none
 * @param last the latest look; null = none yet
 */
public record Standing(
    String check,
    String service,
    State state,
    String reason,
    Instant since,
    int good,
    int bad,
    long looks,
    Look firstBad,
    Look last) {

  public Standing {
    // Most are called as their service: thousands of names are kept once.
    service = check != null && check.equals(service) ? check : service;
  }

  /** Of what nobody has looked at. */
  public static Standing unknown(Check check, Instant now) {
    return new Standing(
        check.name(),
        check.service(),
        State.UNKNOWN,
        "not looked at yet",
        now,
        0,
        0,
        0,
        null,
        null);
  }

  /**
   * How it stands after one more look. One that could not tell says nothing: it is counted and
   * changes nothing else.
   */
  public Standing after(Look seen, Rules rules) {
    Look look = seen.wordedAs(last);
    if (look.state() == State.UNKNOWN) {
      return new Standing(
          check, service, state, reason, since, good, bad, looks + 1, firstBad, look);
    }
    boolean serves = look.state().serves();
    boolean row = look.state() != State.UP;
    int goods = serves ? good + 1 : 0;
    int bads = row ? bad + 1 : 0;
    State next = next(look.state(), goods, bads, rules);
    boolean changed = next != state;
    return new Standing(
        check,
        service,
        next,
        next == State.UP ? null : changed || row ? words(look) : reason,
        changed ? look.at() : since,
        goods,
        bads,
        looks + 1,
        firstBad(look, next, bads),
        look);
  }

  /** Who is down while the platform has an incident may be well. */
  Standing amid(String platform) {
    return service == null || state != State.DOWN
        ? this
        : new Standing(
            check,
            service,
            State.UNKNOWN,
            platform + "; " + reason,
            since,
            good,
            bad,
            looks,
            firstBad,
            last);
  }

  private State next(State shown, int goods, int bads, Rules rules) {
    if (shown == state) {
      return state;
    }
    if (shown == State.DOWN) {
      return bads >= rules.unhealthyAfter() ? State.DOWN : state;
    }
    if (state == State.DOWN) {
      return goods >= rules.healthyAfter() ? shown : state;
    }
    if (shown == State.DEGRADED) {
      return bads >= rules.unhealthyAfter() ? State.DEGRADED : state;
    }
    // What was never looked at is up with its first good look: no outage ends by that.
    return state == State.UNKNOWN || goods >= rules.healthyAfter() ? State.UP : state;
  }

  private Look firstBad(Look look, State next, int bads) {
    if (bads == 1 && state != State.DOWN) {
      return look;
    }
    return bads == 0 && next != State.DOWN ? null : firstBad;
  }

  private static String words(Look look) {
    return "expected " + look.expected() + ", got " + look.got();
  }
}
