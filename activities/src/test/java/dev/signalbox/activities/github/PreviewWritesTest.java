package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.github.PullActivities.Remark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewWritesTest {
  private static final Clock STANDING =
      Clock.fixed(Instant.parse("2026-11-02T10:00:00Z"), ZoneOffset.UTC);

  private final PreviewWrites writes = new PreviewWrites(STANDING, this::mayStand);
  private final List<Integer> said = new ArrayList<>();
  private int askedForTime;

  @Test
  void letsWhatManyPreviewsSayWaitForItsTurn() {
    for (int number = 1; number <= 12; number++) {
      say(number, false, 0);
    }

    assertThatThrownBy(() -> say(13, false, 0))
        .isInstanceOfSatisfying(
            ApiException.class,
            later -> {
              assertThat(later.is(ApiException.Kind.RATE_LIMITED)).isTrue();
              assertThat(later.delay()).hasValue(Duration.ofMinutes(1));
            });
    assertThat(said).hasSize(12);
  }

  @Test
  void leavesOutAWordThatAnotherFollowsWhereHalfIsUsed() {
    for (int number = 1; number <= 6; number++) {
      say(number, true, 0);
    }

    say(7, true, 0);

    assertThat(said).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void findsATurnForTheLongestWordToo() {
    say(1, false, 500);

    assertThat(said).containsExactly(1);
  }

  @Test
  void leavesGitHubAloneForAsLongAsItWants() {
    assertThatThrownBy(() -> writes.read("#1", PreviewWritesTest::refused))
        .isInstanceOf(ApiException.class);

    assertThatThrownBy(() -> writes.read("#1", () -> said.add(1)))
        .isInstanceOfSatisfying(
            ApiException.class,
            later -> assertThat(later.delay()).get().isNotEqualTo(Duration.ZERO));
    assertThatThrownBy(() -> say(1, false, 0)).isInstanceOf(ApiException.class);
    assertThat(said).isEmpty();
  }

  @Test
  void leavesOutPollsWhereHalfIsReadAndReadsTheRestInTurn() {
    for (int number = 1; number <= 201; number++) {
      writes.poll(() -> said.add(1));
    }

    assertThat(said).hasSize(200);
    for (int number = 1; number <= 200; number++) {
      writes.read("#" + number, () -> said.add(1));
    }
    assertThatThrownBy(() -> writes.read("#201", () -> said.add(1)))
        .isInstanceOfSatisfying(
            ApiException.class, later -> assertThat(later.delay()).hasValue(Duration.ofMinutes(1)));
    assertThat(said).hasSize(400);
  }

  /** Each call is made during another; nobody waits for real. */
  @Test
  void letsWhoHasLittleTimeStandInNoLineOfOurOwn() {
    assertThatThrownBy(() -> nested(15))
        .isInstanceOfSatisfying(
            ApiException.class,
            later -> assertThat(later.is(ApiException.Kind.RATE_LIMITED)).isTrue());
    assertThat(said).hasSize(15);
    assertThat(askedForTime).isOne();
  }

  private boolean mayStand() {
    askedForTime++;
    return false;
  }

  private Integer nested(int further) {
    return writes.read(
        "#" + further,
        () -> {
          said.add(further);
          return nested(further - 1);
        });
  }

  private static Object refused() {
    throw ApiException.later("a secondary rate limit", Duration.ofSeconds(60));
  }

  private void say(int number, boolean passing, int remarks) {
    writes.say(
        new PreviewNotice(
            "inspector",
            "acme/inspector",
            number,
            "preview/inspector/pr-" + number,
            "pr-" + number,
            "words",
            "a".repeat(40),
            StatusState.SUCCESS,
            "words",
            null,
            Collections.nCopies(remarks, new Remark("key", "path", 1, "remark")),
            null,
            passing),
        () -> said.add(number));
  }
}
