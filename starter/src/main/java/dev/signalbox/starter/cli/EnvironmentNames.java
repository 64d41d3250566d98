package dev.signalbox.starter.cli;

import java.util.Iterator;
import java.util.List;

/**
 * What may stand where an environment is wanted. The names are those of the {@code signalbox.toml}
 * that is there when somebody presses the tab key, so the script asks then.
 */
final class EnvironmentNames implements Iterable<String> {
  /** Stands in the generated script for the shell's own look into the file. */
  static final String PLACEHOLDER = "@ENVIRONMENTS@";

  @Override
  public Iterator<String> iterator() {
    return List.of(PLACEHOLDER).iterator();
  }
}
