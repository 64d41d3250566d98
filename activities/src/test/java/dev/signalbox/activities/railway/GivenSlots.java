package dev.signalbox.activities.railway;

import dev.signalbox.workflows.preview.SlotAnswer;
import dev.signalbox.workflows.preview.SlotRequest;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Answers what a test wants.
 *
 * @param gone hears of each that makes room
 */
public record GivenSlots(Function<SlotRequest, SlotAnswer> answer, IntConsumer gone)
    implements CreationSlots {
  /** Everybody may at once. */
  public static final GivenSlots FREE =
      new GivenSlots(any -> new SlotAnswer(SlotAnswer.Kind.GRANTED, null, null), number -> {});

  @Override
  public SlotAnswer ask(String project, SlotRequest request) {
    return answer.apply(request);
  }

  @Override
  public void freed(String project, int number) {
    gone.accept(number);
  }
}
