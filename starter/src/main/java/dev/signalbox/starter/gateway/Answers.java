package dev.signalbox.starter.gateway;

import io.javalin.http.Context;

/** What the senders at one door are answered, and what is counted of it. */
final class Answers {
  private static final int NO_ROOM = 503;

  private final String door;
  private final Tally tally;

  Answers(String door, Tally tally) {
    this.door = door;
    this.tally = tally;
  }

  /** Counts what is answered otherwise. */
  void count(Outcome outcome) {
    tally.count(door, outcome);
  }

  /** It is not what is let in here. */
  void refuse(Context context, int status, String sentence) {
    count(Outcome.REFUSED);
    sentence(context, status, sentence);
  }

  /** It is to be sent again. */
  void unavailable(Context context, String sentence) {
    count(Outcome.UNAVAILABLE);
    sentence(context, NO_ROOM, sentence);
  }

  /** One sentence of ours, as JSON. */
  void answer(Context context, Outcome outcome, int status, String sentence) {
    count(outcome);
    sentence(context, status, sentence);
  }

  /**
   * @param sentence ours, without a quotation mark in it
   */
  static void sentence(Context context, int status, String sentence) {
    context
        .status(status)
        .contentType("application/json")
        .result("{\"message\":\"" + sentence + "\"}\n");
  }
}
