package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.release.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Since when people could see what is asked. What was said before was about what stood there then,
 * whenever it comes and whatever it names.
 */
public final class Sight {
  /** Doors stamp to the second: what was said within the second of the ask may be of after it. */
  private static final Duration STAMPED_TO = Duration.ofSeconds(1);

  /** The door of those who read the pull request, and nothing else of ours. */
  private static final String PULL_REQUEST = "github";

  private final Supplier<Instant> clock;
  private final Map<String, Instant> since = new HashMap<>();

  Sight(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** It is being posted on the pull request: who reads it there cannot mean it yet. */
  public void posting(Ask ask) {
    note(ask, Instant.MAX);
  }

  /** It can be read there from now on. */
  public void posted(Ask ask) {
    note(ask, clock.get());
  }

  private void note(Ask ask, Instant moment) {
    since.put(ask.id(), moment);
    ask.points().forEach(point -> since.put(point, moment));
  }

  /** Why this was said too early. */
  Optional<String> tooEarly(Ask ask, Answer answer) {
    if (answer.said() == null) {
      return Optional.empty();
    }
    Instant seen = since(ask, answer);
    if (seen.equals(Instant.MAX)) {
      return Optional.of("what is asked is only being posted: read it, and say it again");
    }
    return answer.said().plus(STAMPED_TO).isAfter(seen)
        ? Optional.empty()
        : Optional.of(
            "you said it at "
                + Moments.text(answer.said())
                + ", this is asked since "
                + Moments.text(seen)
                + (ask.digest() == null ? "" : " about " + Digest.brief(ask.digest()))
                + ": look, and say it again");
  }

  private Instant since(Ask ask, Answer answer) {
    return PULL_REQUEST.equals(answer.door())
        ? since.getOrDefault(ask.id(), ask.askedAt())
        : ask.askedAt();
  }
}
