package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * Who makes an environment, and who is next: what the sweep carries of it from one run to the next.
 *
 * @param last when the last one was let; null = none yet
 * @param queue in their order, each with the time at which it will ask again
 * @param let those that were, each with the time, until their environment is there and marked
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Slots(Instant last, List<Turn> queue, List<Turn> let) {
  static final Slots FREE = new Slots(null, null, null);

  public Slots {
    queue = queue == null ? List.of() : List.copyOf(queue);
    let = let == null ? List.of() : List.copyOf(let);
  }

  /** Where this one stands among those that wait for their turn, from 1; 0 = it does not wait. */
  public int place(int number) {
    for (int at = 0; at < queue.size(); at++) {
      if (queue.get(at).number() == number) {
        return at + 1;
      }
    }
    return 0;
  }

  /** One pull request and its time. */
  public record Turn(int number, Instant at) {}
}
