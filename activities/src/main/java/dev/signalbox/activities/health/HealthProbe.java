package dev.signalbox.activities.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Asks a service for its health, and reads what it answers. */
final class HealthProbe {
  private static final int LARGEST_BODY = 256 * 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Visit visit;

  HealthProbe(Visit visit) {
    this.visit = visit;
  }

  /** One sample: as many requests as the target bears without an answer. */
  Probed probe(Target target, Instant at) {
    Finding finding = find(target);
    for (int again = 0; again < target.retries() && finding.reading() == Reading.ERROR; again++) {
      finding = find(target);
    }
    return new Probed(
        new Sample(target.service(), finding.reading(), expected(target), finding.got(), at),
        finding.certificateEnds());
  }

  private static String expected(Target target) {
    if (target.path() == null) {
      return "nothing: no health path is configured";
    }
    return "2xx from "
        + target.path()
        + (target.version() == null ? "" : new RunningVersion(target.version()).words())
        + new Conditions(target.expect()).words();
  }

  private Finding find(Target target) {
    if (target.path() == null) {
      return new Finding(Reading.GOOD, "no health path");
    }
    HttpUrl url = target.url() == null ? null : HttpUrl.parse(target.url());
    HttpUrl health = url == null ? null : url.resolve(target.path());
    if (health == null) {
      return new Finding(
          Reading.INCONCLUSIVE, "no address: '" + target.url() + "' with path " + target.path());
    }
    Duration timeout = target.timeout() == null ? TIMEOUT : target.timeout();
    try {
      Visit.Answer answer = visit.get(health, "application/json, */*", timeout, LARGEST_BODY);
      return judge(target, answer).by(answer);
    } catch (IOException e) {
      return Visit.nothing(health, e);
    }
  }

  private static Finding judge(Target target, Visit.Answer answer) {
    int status = answer.status();
    String got = (status + " " + Quotes.of(answer.body())).strip();
    if (status >= 300 && Answers.reading(status) != Reading.BAD) {
      String moved = Answers.moved(answer);
      return new Finding(Answers.reading(status), moved.isEmpty() ? got : status + moved);
    }
    Conditions conditions = new Conditions(target.expect());
    Optional<RunningVersion> version =
        Optional.ofNullable(target.version()).map(RunningVersion::new);
    if (status < 400 && version.isEmpty() && conditions.none()) {
      return new Finding(Reading.GOOD, Integer.toString(status));
    }
    Optional<JsonNode> json = JsonValues.parse(answer.body());
    if (json.isPresent() && version.isPresent() && version.get().earlier(json.get())) {
      // Whatever else it says, it says it of itself and not of the release in question.
      return new Finding(
          Reading.EARLIER, status + ", " + version.get().judge(json.get()).got() + " (not yet)");
    }
    if (status >= 400) {
      return new Finding(Reading.BAD, got);
    }
    if (json.isEmpty()) {
      return new Finding(
          Reading.INCONCLUSIVE,
          got + (answer.cut() ? " (longer than " + LARGEST_BODY + ")" : " (not JSON)"));
    }
    return judge(status, conditions, version, json.get());
  }

  private static Finding judge(
      int status, Conditions conditions, Optional<RunningVersion> version, JsonNode json) {
    Finding running = version.map(wanted -> wanted.judge(json)).orElse(null);
    Finding held = conditions.none() ? null : conditions.judge(json);
    Finding worst =
        running == null || held == null
            ? (running == null ? held : running)
            : Answers.worse(running, held);
    // What was proved is said in full: a good sample is evidence too.
    String got =
        worst.good() && running != null && held != null
            ? running.got() + ", " + held.got()
            : worst.got();
    return new Finding(worst.reading(), status + ", " + got);
  }
}
