package dev.signalbox.workflows.spoken;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.spoken.SpokenActivities.Left;
import java.time.Instant;

/**
 * One command as somebody said it at a door.
 *
 * @param message the door's id of it, the same when it comes again
 * @param person as {@code [people]} names whoever said it
 * @param text what follows {@code /signalbox}
 * @param place where it was said and is answered: of a comment the pull request's number, at Slack
 *     the channel and the person
 * @param said when, by the door's clock
 * @param left what it has left with the engine already, of a door that carries out and answers
 *     itself, so that only the verdict is awaited; null = it is to be carried out
 * @param seal HMAC of the door's key over these words without it: whoever may start runs says
 *     nothing in another's name; null = the door has no key, and proves nothing either
 */
public record SpokenWords(
    String project,
    String door,
    String message,
    String person,
    String text,
    String place,
    Instant said,
    @JsonInclude(JsonInclude.Include.NON_NULL) Left left,
    String seal) {
  private static final String VERB = "say";

  /** The same with the seal of the door that heard them. */
  public SpokenWords sealedBy(String hmac) {
    return new SpokenWords(project, door, message, person, text, place, said, left, hmac);
  }

  /** What the seal covers: all of it, and the run that it is for. */
  public ProvenWords words() {
    return new ProvenWords(
        1,
        SpokenWorkflow.id(this),
        message,
        VERB,
        VERB,
        Digest.of(sealedBy(null)),
        person,
        door,
        text);
  }
}
