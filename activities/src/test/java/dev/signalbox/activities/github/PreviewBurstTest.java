package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.sandbox.SecondaryLimits;
import dev.signalbox.sandbox.github.FakeGitHub;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many previews that speak at once, to a GitHub that counts its secondary limits. */
class PreviewBurstTest extends GitHubHouse {
  private final Moved clock = new Moved();

  @Test
  void manyPreviewsThatSpeakAtOnceAreNeverRefusedAndEachIsHeard() {
    play(13);
  }

  @Tag("crash")
  @Test
  void aHundredPreviewsMadeAndRemovedAtOnceAreNeverRefusedAndEachIsHeard() {
    play(100);
  }

  /** All on one pull request, because what counts is who writes how often. */
  private void play(int previews) {
    Offer offer = release("burst-" + previews);
    sandbox.github().secondaryLimits(SecondaryLimits.GITHUB);
    PullActivities pulls = new PullActivitiesImpl(client, SERVED, clock);

    Duration made = say(pulls, offer, previews, "live", StatusState.SUCCESS);
    Duration removed = say(pulls, offer, previews, "removed", StatusState.INACTIVE);

    JsonNode limits =
        new ObjectMapper().valueToTree(sandbox.github().limits()).get(FakeGitHub.LOGIN);
    System.out.printf("%d said made in %s, removed in %s; %s%n", previews, made, removed, limits);
    sandbox.github().secondaryLimits(null);
    assertThat(limits.get("refused").asInt()).as(limits.toString()).isZero();
    assertThat(limits.at("/contentPerMinute/most").asInt()).isLessThanOrEqualTo(50);
    assertThat(limits.at("/contentPerHour/most").asInt()).isLessThanOrEqualTo(400);
    assertThat(
            client.comments(Repository.of(repository), offer.pull().number()).stream()
                .map(IssueComment::body))
        .hasSize(previews)
        .allMatch(body -> body.startsWith("removed"));
  }

  /** Each comes again when it was told to; gives how long that took all of them. */
  private Duration say(
      PullActivities pulls, Offer offer, int previews, String words, StatusState state) {
    Instant begun = clock.instant();
    List<PreviewNotice> open =
        new ArrayList<>(
            IntStream.rangeClosed(1, previews)
                .mapToObj(number -> notice(offer, number, words, state))
                .toList());
    while (!open.isEmpty()) {
      Duration soonest = Duration.ofHours(2);
      for (PreviewNotice notice : List.copyOf(open)) {
        try {
          pulls.tellPreview(notice);
          open.remove(notice);
        } catch (ApplicationFailure later) {
          Duration wait = later.getNextRetryDelay();
          soonest = wait.compareTo(soonest) < 0 ? wait : soonest;
        }
      }
      if (!open.isEmpty()) {
        clock.now = clock.now.plus(soonest);
        sandbox.clock().advance(soonest);
      }
    }
    return Duration.between(begun, clock.instant());
  }

  private PreviewNotice notice(Offer offer, int number, String words, StatusState state) {
    return new PreviewNotice(
        PROJECT,
        repository,
        offer.pull().number(),
        "preview/inspector/pr-" + number,
        "pr-" + number,
        words,
        offer.sha(),
        state,
        words,
        null);
  }

  private static final class Moved extends Clock {
    private Instant now = Instant.parse("2026-11-02T10:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
