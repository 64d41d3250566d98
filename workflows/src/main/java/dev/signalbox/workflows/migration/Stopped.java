package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.Reads;
import io.temporal.failure.ActivityFailure;
import java.util.function.Supplier;

/** Why a migration does not go on; nothing was changed by the step that says so. */
public final class Stopped extends Exception {
  private static final long serialVersionUID = 1;

  Stopped(String why) {
    super(why);
  }

  /** What the activity answers; a cancel stays a cancel. */
  static <T> T unless(String what, Supplier<T> activity) throws Stopped {
    try {
      return activity.get();
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      throw new Stopped(what + ": " + Reads.reason(failure));
    }
  }
}
