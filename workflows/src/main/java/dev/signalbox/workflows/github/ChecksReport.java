package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What was reported of one commit.
 *
 * @param checks one name may stand here more than once: reported by different apps, or as check run
 *     and as commit status
 * @param hints what Railway itself says of its deployments: success even where nothing was
 *     deployed, so nothing may be concluded from it
 * @param fingerprint changes when any name, state or conclusion does
 */
public record ChecksReport(List<Check> checks, List<Check> hints, String fingerprint) {
  public ChecksReport {
    checks = checks == null ? List.of() : List.copyOf(checks);
    hints = hints == null ? List.of() : List.copyOf(hints);
  }

  /**
   * @param conclusion lower case as GitHub says it (success, failure, neutral, skipped, cancelled,
   *     timed_out, …); for a commit status its state; null while it has not ended
   * @param completedAt null while it runs
   */
  public record Check(
      String name,
      CheckSource source,
      boolean completed,
      String conclusion,
      String url,
      Instant completedAt) {
    public Check {
      source = source == null ? CheckSource.CHECK_RUN : source;
    }
  }

  /** GitHub has two worlds of checks, and one says nothing about the other. */
  public enum CheckSource {
    @JsonProperty("checkRun")
    CHECK_RUN("check run"),
    @JsonProperty("commitStatus")
    COMMIT_STATUS("commit status");

    private final String words;

    CheckSource(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
