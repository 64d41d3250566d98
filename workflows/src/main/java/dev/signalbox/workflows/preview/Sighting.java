package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.time.Instant;

/**
 * What a sweep saw of one preview.
 *
 * @param environmentId the one that there is; null = none
 * @param lost the one that Railway does not list any more; null = none
 * @param room whether there is room for it now, which there was not before
 * @param remove why it must go; null = it may stay
 * @param end when it goes by itself, of which people are to be told; null = nothing to tell
 * @param twice whether Railway has made one for it too, by itself
 * @param let when the one that there is was let be made, where it carries no mark; null = it does
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Sighting(
    String environmentId,
    String lost,
    boolean room,
    String remove,
    Instant end,
    boolean twice,
    Instant let) {
  /** Whether it goes on from where it stands. */
  boolean letsGoOn(Stage stage) {
    return (room && (stage.held() || (let != null && stage.rests()))) || (twice && stage.rests());
  }
}
