package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;

/** What a status says that is not the expected one, and which of two findings counts. */
final class Answers {
  private Answers() {}

  static Reading reading(int status) {
    if (status == 502 || status == 504) {
      // The platform's proxy speaking: the service itself did not answer.
      return Reading.ERROR;
    }
    boolean elsewhere = status >= 300 && status < 400;
    return elsewhere || status == 429 ? Reading.INCONCLUSIVE : Reading.BAD;
  }

  /** As one goes on after a status; empty when it leads nowhere. */
  static String moved(Visit.Answer answer) {
    return answer.movedTo() == null ? "" : ", moved to " + Quotes.of(answer.movedTo().toString());
  }

  /** Wrong outweighs no answer, that unclear, and that good; of equals the first. */
  static Finding worse(Finding one, Finding other) {
    return weight(other.reading()) > weight(one.reading()) ? other : one;
  }

  private static int weight(Reading reading) {
    return switch (reading) {
      case GOOD -> 0;
      case INCONCLUSIVE -> 1;
      case EARLIER -> 2;
      case ERROR -> 3;
      case BAD -> 4;
    };
  }
}
