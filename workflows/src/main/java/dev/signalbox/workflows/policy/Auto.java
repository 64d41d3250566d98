package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code [environments.<name>] auto} says: what starts a promotion without anybody asking. No
 * part of what people approve, so no part of the pipeline.
 *
 * @param on what does
 * @param tag pattern of the tags that do, {@code *} for anything but a slash; null = {@code v*}
 * @param label name of the label that does; null = {@code promote}
 * @param windows that do when they open
 * @param paths patterns of files of which one at least must differ from what is live; empty = any
 * @param head patterns of the branch that a pull request comes from, {@code *} for anything but a
 *     slash and {@code **} for anything; empty = any
 */
public record Auto(
    List<On> on,
    String tag,
    String label,
    List<Window> windows,
    List<String> paths,
    List<String> head) {
  public static final Auto OFF = new Auto(null, null);

  private static final String BRANCH = "refs/heads/";
  private static final String TAG = "refs/tags/";

  public Auto {
    on = on == null ? List.of() : List.copyOf(on);
    tag = tag == null ? "v*" : tag;
    label = label == null ? "promote" : label;
    windows = windows == null ? List.of() : List.copyOf(windows);
    paths = paths == null ? List.of() : List.copyOf(paths);
    head = head == null ? List.of() : List.copyOf(head);
  }

  /** One of pushes and tags, whatever they change. */
  public Auto(List<On> on, String tag) {
    this(on, tag, null, null, null, null);
  }

  /** What may start one. */
  public enum On {
    /** A push to the branch that the environment is promoted from, or its own without one. */
    @JsonProperty("push")
    PUSH,
    @JsonProperty("tag")
    TAG,
    /** A label on a pull request. */
    @JsonProperty("label")
    LABEL,
    /** A window that opens. */
    @JsonProperty("window")
    WINDOW;

    /** As the file has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What news of this reference may start; empty = nothing. */
  public Optional<On> about(String ref, String sourceBranch) {
    if (ref.equals(BRANCH + sourceBranch)) {
      return listed(On.PUSH);
    }
    if (ref.startsWith(TAG)) {
      return listed(On.TAG);
    }
    return pull(ref).isPresent() ? listed(On.LABEL) : Optional.empty();
  }

  private Optional<On> listed(On cause) {
    return Optional.of(cause).filter(on::contains);
  }

  /** The number of the pull request that this reference belongs to; empty = to none. */
  public static Optional<Integer> pull(String ref) {
    return ref.matches("refs/pull/[0-9]{1,9}/head")
        ? Optional.of(Integer.parseInt(ref.split("/", 4)[2]))
        : Optional.empty();
  }

  /** The name of a branch or tag without what kind it is. */
  public static String shortName(String ref) {
    return ref.split("/", 3)[2];
  }

  /** Whether a tag of this name does. */
  public boolean fitsTag(String name) {
    return fits(tag, name);
  }

  /** Whether a pull request from this branch does. */
  public boolean fitsHead(String branch) {
    return head.isEmpty() || head.stream().anyMatch(pattern -> fits(pattern, branch));
  }

  private static boolean fits(String pattern, String name) {
    String regex =
        Stream.of(pattern.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)"))
            .map(
                part ->
                    part.startsWith("*") ? part.length() > 1 ? ".*" : "[^/]*" : Pattern.quote(part))
            .collect(Collectors.joining());
    return Pattern.matches(regex, name);
  }

  /**
   * When the next window opens, later than now; empty = none does, or none is to start anything.
   */
  public Optional<Instant> nextOpening(Instant now) {
    return on.contains(On.WINDOW)
        ? windows.stream().flatMap(one -> one.opensAfter(now).stream()).min(Instant::compareTo)
        : Optional.empty();
  }

  /** The window that is open now. */
  public Optional<Window> openWindow(Instant now) {
    return on.contains(On.WINDOW)
        ? windows.stream().filter(one -> one.open(now)).findFirst()
        : Optional.empty();
  }
}
