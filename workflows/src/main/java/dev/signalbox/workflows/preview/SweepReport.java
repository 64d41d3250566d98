package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What one sweep found and did.
 *
 * @param configured whether the file has {@code [previews]}
 * @param trouble why nothing could be compared; null = it was
 * @param open how many pull requests should have a preview
 * @param there how many environments of ours there are
 * @param foreign names of environments that are called like previews and are not ours
 */
public record SweepReport(
    Instant at,
    boolean configured,
    String trouble,
    int open,
    int there,
    List<Deed> deeds,
    List<String> foreign) {
  public SweepReport {
    deeds = deeds == null ? List.of() : List.copyOf(deeds);
    foreign = foreign == null ? List.of() : List.copyOf(foreign);
  }

  static SweepReport failed(Instant at, String trouble) {
    return new SweepReport(at, true, trouble, 0, 0, null, null);
  }

  static SweepReport unconfigured(Instant at) {
    return new SweepReport(at, false, null, 0, 0, null, null);
  }

  /**
   * One preview that was not as it should be.
   *
   * @param environmentId the one that there is; null = none
   * @param lost the environment that its run thinks there is, and is not
   * @param room whether it may be made now, for which it has waited
   * @param end when it goes by itself, of which people are told; null = they are not
   * @param let when its environment was let be made, where that carries no mark; null = it does
   * @param twice whether Railway has made one for it too, by itself
   */
  public record Deed(
      int number,
      Kind kind,
      String why,
      String environmentId,
      String lost,
      boolean room,
      Instant end,
      @JsonInclude(JsonInclude.Include.NON_NULL) Instant let,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean twice) {}

  /** What became of it. */
  public enum Kind {
    /** Its run is started: it makes the environment, or takes it away. */
    @JsonProperty("begun")
    BEGUN("begun"),
    /** Its run is told to look. */
    @JsonProperty("told")
    TOLD("told"),
    /** Its run is told to take it away, though its pull request is open. */
    @JsonProperty("removed")
    REMOVED("removed");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
