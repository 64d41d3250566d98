package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.List;

/** What a run begins beside its own work and waits for at its end. */
final class OnTheSide {
  private final Timeline timeline;
  private final List<Deed> deeds = new ArrayList<>();

  OnTheSide(Timeline timeline) {
    this.timeline = timeline;
  }

  private record Deed(String step, Promise<Void> end) {}

  /**
   * @param step under which its failure is shown
   */
  void begin(String step, Functions.Proc effect) {
    deeds.add(new Deed(step, Async.procedure(effect)));
  }

  /** Steps of what was begun. */
  List<String> begun() {
    return deeds.stream().map(Deed::step).toList();
  }

  /** Waits for all of it, and gives the steps of what failed; then nothing is left. */
  List<String> missed() {
    List<String> missed = deeds.stream().filter(this::failed).map(Deed::step).toList();
    deeds.clear();
    return missed;
  }

  private boolean failed(Deed deed) {
    try {
      deed.end().get();
      return false;
    } catch (TemporalFailure failure) {
      timeline.failed(deed.step(), null, Causes.message(failure));
      return true;
    }
  }
}
