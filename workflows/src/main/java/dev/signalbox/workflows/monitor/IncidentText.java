package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.monitor.IncidentState.Entry;
import dev.signalbox.workflows.monitor.IncidentState.ReleaseSight;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** What the issue about an incident says. Pure. */
final class IncidentText {
  private final IncidentState state;
  private final StringJoiner text = new StringJoiner("\n");

  private IncidentText(IncidentState state) {
    this.state = state;
  }

  /**
   * The issue's text, while it goes on and when it is over.
   *
   * @param repository {@code owner/name}
   */
  static String body(IncidentState state, String repository) {
    return new IncidentText(state).whole(repository);
  }

  /** What is said once when it is over. */
  static String over(IncidentState state) {
    return state.closed() == null
        ? "Everything is up again since "
            + Moments.text(state.recoveredAt())
            + ", after "
            + lasted(state)
            + ". Cause: "
            + PostedText.words(cause(state))
        : PostedText.words(state.closed());
  }

  /** What lasts of it, in a line. */
  static String entry(IncidentState state) {
    String issue = state.issue() == 0 ? "" : "; issue #" + state.issue();
    return (state.closed() == null ? "down for " + lasted(state) : state.closed())
        + issue
        + "; "
        + cause(state);
  }

  /** What people are told again while it goes on. */
  static String again(IncidentState state, Nudges.Kind kind, Instant now) {
    Duration took = Duration.between(state.nudges().begun(), now).truncatedTo(ChronoUnit.SECONDS);
    return (kind == Nudges.Kind.ESCALATION ? "**Escalated**: " : "Still so: ")
        + state.environment()
        + " is down for "
        + DurationText.of(took)
        + ". "
        + (state.acknowledged() == null
            ? "Nobody has acknowledged it: `signalbox incident ack "
                + state.environment()
                + " --reason TEXT`"
            : "Acknowledged by " + PostedText.words(state.acknowledged()));
  }

  private static String lasted(IncidentState state) {
    Instant end = state.recoveredAt() == null ? state.openedAt() : state.recoveredAt();
    Duration took = Duration.between(state.openedAt(), end).truncatedTo(ChronoUnit.SECONDS);
    return DurationText.of(took.isNegative() ? Duration.ZERO : took);
  }

  /** The first that was down and needs nothing else that was. */
  static String cause(IncidentState state) {
    return causes(state).stream()
        .findFirst()
        .map(one -> one.check() + ": " + one.reason())
        .orElse("not known");
  }

  private static List<Standing> causes(IncidentState state) {
    return state.worst().stream().filter(one -> needed(state, one).isEmpty()).toList();
  }

  /** The service that this one needs and that is down too: then its own trouble is a symptom. */
  private static Optional<String> needed(IncidentState state, Standing standing) {
    return state.after().getOrDefault(standing.service(), List.of()).stream()
        .filter(
            service -> state.worst().stream().anyMatch(other -> other.service().equals(service)))
        .findFirst();
  }

  private String whole(String repository) {
    text.add(summary());
    text.add("");
    text.add("| check | now | first bad look |").add("|---|---|---|");
    state.worst().forEach(this::row);
    if (state.platform() != null) {
      text.add("").add("Railway says of itself: " + PostedText.words(state.platform()));
    }
    release(repository);
    actions();
    text.add("").add("**Timeline**").add("");
    for (Entry entry : state.timeline()) {
      text.add("- " + Moments.text(entry.at()) + " " + PostedText.words(entry.words()));
    }
    return text.toString();
  }

  private String summary() {
    String since = "since " + Moments.text(state.openedAt());
    if (state.recoveredAt() != null) {
      return "**Over**: down "
          + since
          + ", up again since "
          + Moments.text(state.recoveredAt())
          + ", after "
          + lasted(state)
          + ". Cause: "
          + PostedText.words(cause(state));
    }
    return "**"
        + state.environment()
        + " is down** "
        + since
        + (state.acknowledged() == null
            ? ". Nobody has acknowledged it yet."
            : ". Acknowledged by " + PostedText.words(state.acknowledged()));
  }

  private void row(Standing worst) {
    Standing now =
        state.standings().stream()
            .filter(one -> one.check().equals(worst.check()))
            .findFirst()
            .orElse(worst);
    Look bad = worst.firstBad() == null ? worst.last() : worst.firstBad();
    text.add(
        "| "
            + PostedText.words(worst.check())
            + needed(state, worst).map(service -> " (symptom of " + service + ")").orElse("")
            + " | "
            + now.state().name().toLowerCase(Locale.ROOT)
            + " | "
            + (bad == null
                ? ""
                : Moments.text(bad.at())
                    + ": expected "
                    + PostedText.words(bad.expected())
                    + ", got "
                    + PostedText.words(bad.got()))
            + " |");
  }

  private void release(String repository) {
    ReleaseSight release = state.release();
    if (release == null || release.revision() == null) {
      text.add("").add("No release is on record as live.");
      return;
    }
    text.add("")
        .add(
            "Last release: `"
                + ShortCommit.of(release.revision())
                + "`, live since "
                + Moments.text(release.since())
                + ". Rollback: **"
                + release.verdict()
                + "**, "
                + PostedText.words(release.detail()));
    if (release.former() != null && !release.former().equals(release.revision())) {
      text.add(
          "Suspected commits: https://github.com/%s/compare/%s...%s"
              .formatted(
                  repository,
                  ShortCommit.of(release.former()),
                  ShortCommit.of(release.revision())));
    }
  }

  private void actions() {
    String environment = state.environment();
    text.add("").add("**What to do**").add("");
    item("say that you are at it", "signalbox incident ack " + environment + " --reason TEXT");
    item("look now", "signalbox monitor check " + environment);
    causes(state).stream()
        .map(Standing::service)
        .distinct()
        .forEach(
            service ->
                item("read its log", "signalbox logs " + environment + " --service " + service));
    boolean back =
        state.release() != null
            && ("instant".equals(state.release().verdict())
                || "rebuildOnly".equals(state.release().verdict()));
    if (state.platform() == null && back) {
      item("put the former release back", "signalbox rollback " + environment);
    } else if (state.platform() == null) {
      item(
          "mend it forward, or start it again", "signalbox redeploy " + environment + " --restart");
    }
  }

  private void item(String what, String command) {
    text.add("- [ ] " + what + ": `" + command + "`");
  }
}
