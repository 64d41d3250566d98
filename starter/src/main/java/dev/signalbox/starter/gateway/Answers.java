package dev.signalbox.starter.gateway;

import io.javalin.http.Context;

/** What senders are answered: one sentence of ours, as JSON. */
final class Answers {
  private Answers() {}

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
