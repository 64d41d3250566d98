package dev.signalbox.workflows.gate;

/**
 * One thing that must hold before a promotion may go on. Pure: it judges facts and reads nothing.
 * To add one: a record that implements this, its settings as fields, and a line in {@link Gates}.
 */
public interface Gate {

  /** What it says of these facts. Never throws: what it cannot judge is not met. */
  GateResult judge(Facts facts);
}
