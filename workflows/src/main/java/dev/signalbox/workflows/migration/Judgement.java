package dev.signalbox.workflows.migration;

/**
 * @param reason what made it so, with the statement; null = nothing worth a word
 */
record Judgement(RevisionClass kind, String reason) {
  static final Judgement NOTHING = new Judgement(RevisionClass.EXPAND, null);

  /** The first where both are alike. */
  static Judgement worse(Judgement one, Judgement other) {
    return other.kind.compareTo(one.kind) > 0 ? other : one;
  }

  static Judgement contract(String reason) {
    return new Judgement(RevisionClass.CONTRACT, reason);
  }

  static Judgement unknown(String reason) {
    return new Judgement(RevisionClass.UNKNOWN, reason);
  }

  static Judgement data(String reason) {
    return new Judgement(RevisionClass.DATA, reason);
  }
}
