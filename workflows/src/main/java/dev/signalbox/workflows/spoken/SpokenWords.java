package dev.signalbox.workflows.spoken;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.release.Digest;
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
 * @param address where it is answered for a while, encrypted by the door's key, as whoever knows it
 *     may answer there; null = at its place alone
 * @param whole digest of all that was written, where its author can change or delete it later; null
 *     = he cannot
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
    @JsonInclude(JsonInclude.Include.NON_NULL) String address,
    @JsonInclude(JsonInclude.Include.NON_NULL) String whole,
    String seal) {
  private static final String VERB = "say";

  /** What nobody can take back. */
  public SpokenWords(
      String project,
      String door,
      String message,
      String person,
      String text,
      String place,
      Instant said,
      String address,
      String seal) {
    this(project, door, message, person, text, place, said, address, null, seal);
  }

  /** The same with the seal of the door that heard them. */
  public SpokenWords sealedBy(String hmac) {
    return new SpokenWords(project, door, message, person, text, place, said, address, whole, hmac);
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
