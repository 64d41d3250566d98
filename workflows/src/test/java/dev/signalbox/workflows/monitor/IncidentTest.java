package dev.signalbox.workflows.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.monitor.IncidentState.ReleaseSight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
  private static final Map<String, List<String>> AFTER = Map.of("frontend", List.of("backend"));

  private final Incident incident =
      new Incident(IncidentState.begin("p", "production", news(0, State.DOWN)), START);

  @Test
  void beginsWithItsFirstBadLook() {
    assertThat(incident.recovered()).isFalse();
    assertThat(incident.state().openedAt()).isEqualTo(START);
    assertThat(body()).contains("backend", "expected 200, got DOWN");
  }

  @Test
  void isOverWhenNothingIsDown() {
    incident.take(news(90, State.UP));

    assertThat(incident.recovered()).isTrue();
    assertThat(body()).contains("**Over**", "after 1m30s", "backend is up again");
    assertThat(IncidentText.over(incident.state())).contains("after 1m30s", "backend: expected");
  }

  @Test
  void isNotClosedByAGreenThatIsOlderThanItsRed() {
    incident.take(news(60, State.DOWN));

    incident.take(news(30, State.UP));

    assertThat(incident.recovered()).isFalse();
  }

  @Test
  void isNotClosedByAnOldGreenOfAWorkerWhoseClockIsAhead() {
    incident.take(news(60, State.DOWN));

    incident.take(seenByAWrongClock(30, 3600, State.UP));

    assertThat(incident.recovered()).isFalse();
  }

  @Test
  void isClosedByANewGreenOfAWorkerWhoseClockIsBehind() {
    incident.take(seenByAWrongClock(90, -3600, State.UP));

    assertThat(incident.recovered()).isTrue();
  }

  @Test
  void tellsTwoMonitorsNewsApartByTheEnginesClock() {
    Stamp other = new Stamp(START.plusSeconds(30), "another run", 900);

    assertThat(stamp(60).isAfter(other)).isTrue();
    assertThat(other.isAfter(stamp(60))).isFalse();
  }

  @Test
  void goesOnWhenItIsRedAgain() {
    incident.take(news(30, State.UP));
    incident.take(news(60, State.DOWN));

    assertThat(incident.recovered()).isFalse();
    assertThat(incident.state().openedAt()).isEqualTo(START);
    assertThat(incident.state().timeline()).hasSize(3);
  }

  @Test
  void namesWhatIsDownBecauseOfAnotherAsItsSymptom() {
    incident.take(
        new News(
            START.plusSeconds(30),
            List.of(standing("backend", 30, State.DOWN), standing("frontend", 30, State.DOWN)),
            Map.of("backend", stamp(30), "frontend", stamp(30)),
            AFTER,
            null));

    assertThat(body()).contains("| frontend (symptom of backend) |", "--service backend");
    assertThat(body()).doesNotContain("--service frontend");
  }

  @Test
  void offersTheRollbackOnlyWhereThereIsOne() {
    incident.knows(new ReleaseSight("a".repeat(40), START, "b".repeat(40), "instant", "kept"));
    assertThat(body())
        .contains("signalbox rollback production", "https://github.com/acme/app/compare/bbbbbbb");

    incident.knows(new ReleaseSight("a".repeat(40), START, null, "forwardOnly", "no earlier set"));
    assertThat(body()).contains("redeploy production --restart").doesNotContain("rollback prod");
  }

  @Test
  void showsNothingOfAnAnswerAsMarkup() {
    Look hostile =
        new Look(
            State.DOWN, "200", "<!-- signalbox:x --> @all [a](http://b) |", START, Duration.ZERO);
    Incident other =
        new Incident(
            IncidentState.begin(
                "p",
                "production",
                new News(START, List.of(standing("backend", hostile)), Map.of(), Map.of(), null)),
            START);

    assertThat(PostedText.body(IncidentText.body(other.state(), "acme/app"), "ours"))
        .doesNotContain("<!-- signalbox:x", "@all", "](http")
        .contains("\\|");
  }

  private String body() {
    return IncidentText.body(incident.state(), "acme/app");
  }

  private static News news(int second, State state) {
    return new News(
        START.plusSeconds(second),
        List.of(standing("backend", second, state)),
        Map.of("backend", stamp(second)),
        AFTER,
        null);
  }

  private static Stamp stamp(int second) {
    return new Stamp(START.plusSeconds(second), "run", second);
  }

  /** Heard in that second, seen by a worker whose clock is wrong by so much. */
  private static News seenByAWrongClock(int second, int wrong, State state) {
    return new News(
        START.plusSeconds(second),
        List.of(standing("backend", second + wrong, state)),
        Map.of("backend", stamp(second)),
        AFTER,
        null);
  }

  private static Standing standing(String service, int second, State state) {
    return standing(
        service, new Look(state, "200", state.name(), START.plusSeconds(second), Duration.ZERO));
  }

  private static Standing standing(String service, Look look) {
    Check check =
        new Check(service, service, Check.Kind.HEALTH, null, Duration.ofSeconds(5), null, null);
    return Standing.unknown(check, look.at()).after(look, new Rules(1, 1, Duration.ZERO));
  }
}
