package dev.signalbox.starter.cli;

/** Exit codes (docs/reference/cli.md); an interrupt ends the process itself, with 130. */
final class Exit {
  static final int DONE = 0;
  static final int NOT_SO = 1;
  static final int USAGE = 2;
  static final int NOT_REACHED = 3;
  static final int WAITING = 4;

  private Exit() {}
}
