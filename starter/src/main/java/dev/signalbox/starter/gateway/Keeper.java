package dev.signalbox.starter.gateway;

import dev.signalbox.workflows.spoken.SpokenWords;
import java.util.concurrent.CompletableFuture;

/** Keeps what somebody said until it is carried out and answered, whatever becomes of us. */
@FunctionalInterface
interface Keeper {
  /** Takes it; the same message twice is kept once. Says within seconds what became of it. */
  CompletableFuture<Kept> keep(SpokenWords words);

  /** What became of it. */
  enum Kept {
    NEW,
    /** It was kept before. */
    KNOWN,
    /** Nobody said that it is kept; it is to be said again. */
    NOT
  }
}
