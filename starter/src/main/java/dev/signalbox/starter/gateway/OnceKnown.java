package dev.signalbox.starter.gateway;

import java.util.function.Supplier;

/** Something that is asked for until it is known, and never again. */
final class OnceKnown implements Supplier<String> {
  private final Supplier<String> source;
  private String known;

  OnceKnown(Supplier<String> source) {
    this.source = source;
  }

  @Override
  public synchronized String get() {
    if (known == null) {
      known = source.get();
    }
    return known;
  }
}
