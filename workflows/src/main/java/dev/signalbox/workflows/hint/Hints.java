package dev.signalbox.workflows.hint;

import java.util.LinkedHashSet;
import java.util.Set;

/** The newest hints that one workflow was given, so that none is heeded twice. */
public final class Hints {
  private static final int MOST = 500;

  private final Set<String> deliveries = new LinkedHashSet<>();

  /** Whether it is new; it is known from now on. One without a delivery id is never new. */
  public boolean take(Hint hint) {
    if (hint == null || hint.delivery() == null || hint.delivery().isBlank()) {
      return false;
    }
    boolean fresh = deliveries.add(hint.door() + ":" + hint.delivery());
    if (deliveries.size() > MOST) {
      deliveries.remove(deliveries.iterator().next());
    }
    return fresh;
  }
}
