package dev.signalbox.starter.cli;

import dev.signalbox.starter.Pause;
import dev.signalbox.starter.PreviewClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.preview.PreviewStatus;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Stays with one preview until it is as somebody wants it. */
final class PreviewFollowing {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** A worker that is restarted meanwhile is no reason to fail. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private final PreviewClient previews;
  private final int number;
  private final String revision;
  private final Printer printer;
  private final boolean noInput;
  private BiFunction<PreviewStatus, Integer, Map<String, Object>> shape =
      (status, code) -> object(status);
  private String service;
  private Instant answered = Instant.now();
  private String told = "";

  /**
   * @param revision the commit that is waited for; null = the newest one
   * @param noInput whether to leave where a person must act
   */
  PreviewFollowing(
      PreviewClient previews, int number, String revision, Printer printer, boolean noInput) {
    this.previews = previews;
    this.number = number;
    this.revision = revision;
    this.printer = printer;
    this.noInput = noInput;
  }

  /**
   * Answers as {@code wait} does.
   *
   * @param only the service whose address is printed; null = the last one
   */
  PreviewFollowing asWait(String only) {
    shape = this::waited;
    service = only;
    return this;
  }

  private Map<String, Object> waited(PreviewStatus status, int code) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("environment", status.environment());
    shown.put("revision", status.revision() == null ? status.head() : status.revision());
    shown.put("state", code == Exit.DONE ? "live" : code == Exit.NOT_SO ? "failed" : "timedOut");
    shown.put("detail", words(status));
    shown.put("url", url(status).orElse(null));
    shown.put("urls", status.urls());
    return shown;
  }

  /** Until it is live and verified; prints the address of the last service alone. */
  int untilReady(Instant deadline) {
    while (true) {
      Optional<PreviewStatus> seen = look();
      Stage stage = seen.map(PreviewStatus::stage).orElse(Stage.BEGINNING);
      if (stage == Stage.READY && current(seen.get())) {
        return end(seen.get(), Exit.DONE);
      }
      if (stage == Stage.GONE || stage == Stage.STUCK) {
        return end(seen.get(), Exit.NOT_SO);
      }
      if ((stage == Stage.FAILED || stage == Stage.REFUSED) && current(seen.get())) {
        return end(seen.get(), Exit.NOT_SO);
      }
      if (!Instant.now().isBefore(deadline) || (stage == Stage.CONSENT && noInput)) {
        return late(seen);
      }
      Pause.of(PAUSE);
    }
  }

  /** Until Railway lists it no more. */
  int untilGone(Instant deadline) {
    while (true) {
      Optional<PreviewStatus> seen = look();
      Stage stage = seen.map(PreviewStatus::stage).orElse(Stage.BEGINNING);
      if (stage == Stage.GONE) {
        return end(seen.get(), Exit.DONE);
      }
      if (stage == Stage.REFUSED) {
        return end(seen.get(), Exit.NOT_SO);
      }
      if (!Instant.now().isBefore(deadline) || (stage == Stage.STUCK && noInput)) {
        return late(seen);
      }
      Pause.of(PAUSE);
    }
  }

  /** A result of an earlier commit is none. */
  private boolean current(PreviewStatus status) {
    return status.revision() == null
        || (status.revision().equals(status.head())
            && (revision == null
                || status.revision().equals(revision)
                || !status.head().equals(revision)));
  }

  private Optional<PreviewStatus> look() {
    try {
      Optional<PreviewStatus> seen = previews.status(number);
      answered = Instant.now();
      seen.ifPresent(
          status -> {
            String words = words(status);
            if (!words.equals(told)) {
              told = words;
              printer.aside(words);
            }
          });
      return seen;
    } catch (TroubleException silence) {
      if (answered.plus(LONGEST_SILENCE).isBefore(Instant.now())) {
        throw silence;
      }
      return Optional.empty();
    }
  }

  private int late(Optional<PreviewStatus> seen) {
    printer.aside("not so in time; it goes on: " + previews.id(number));
    seen.ifPresent(status -> printer.object(shape.apply(status, Exit.WAITING)));
    return Exit.WAITING;
  }

  private int end(PreviewStatus status, int code) {
    printer.object(shape.apply(status, code));
    url(status).filter(url -> code == Exit.DONE).ifPresent(printer::line);
    return code;
  }

  private Optional<String> url(PreviewStatus status) {
    return service == null ? last(status) : Optional.ofNullable(status.urls().get(service));
  }

  private static Optional<String> last(PreviewStatus status) {
    return status.urls().values().stream().reduce((earlier, last) -> last);
  }

  /** In one line. */
  static String words(PreviewStatus status) {
    return (status.environment() == null ? "pr-" + status.number() : status.environment())
        + "  "
        + status.stage().word()
        + (status.revision() == null ? "" : "  " + status.revision().substring(0, 7))
        + (status.detail() == null ? "" : "  " + status.detail());
  }

  static Map<String, Object> object(PreviewStatus status) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", status.id());
    shown.put("name", status.environment());
    shown.put("pullRequest", status.number());
    shown.put("state", status.stage());
    shown.put("revision", status.revision());
    shown.put("head", status.head());
    shown.put("author", status.author());
    shown.put("requester", status.requester());
    shown.put("since", status.since());
    shown.put("detail", status.detail());
    shown.put("url", last(status).orElse(null));
    shown.put("urls", status.urls());
    return shown;
  }
}
