package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.promotion.PromotionResult.Result;

/** The newer promotion that takes a waiting one's place, once the ledger has named it. */
final class Successor {
  private String id;

  void named(String promotion) {
    id = promotion;
  }

  boolean known() {
    return id != null;
  }

  Ending ending() {
    return Ending.of(Result.SUPERSEDED, "superseded by " + id);
  }
}
