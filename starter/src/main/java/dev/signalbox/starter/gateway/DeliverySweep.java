package dev.signalbox.starter.gateway;

import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.github.GitHubHooks;
import dev.signalbox.activities.github.GitHubHooks.Delivery;
import dev.signalbox.activities.github.GitHubHooks.Hook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets GitHub send again what this gateway did not take: it was down, or the engine was. GitHub
 * keeps what failed for three days and repeats nothing by itself.
 */
final class DeliverySweep {
  /** Of the others a run learns at its next poll. */
  private static final Set<String> WITH_EFFECT = Set.of("push", "pull_request", "issue_comment");

  /** What is refused for what it is will be refused again. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 413, 415);

  private static final Duration KEPT = Duration.ofDays(3);

  /** After the first attempt of ours, then twice as long after each. */
  private static final Duration PAUSE = Duration.ofMinutes(5);

  /** GitHub slows down who asks for more in a minute. */
  private static final int MOST_AT_ONCE = 50;

  private static final Logger log = LoggerFactory.getLogger(DeliverySweep.class);

  private final GitHubHooks github;
  private final Repository repository;
  private final Clock clock;

  /** What is older was taken, or was not in the list any more. */
  private Instant settled = Instant.EPOCH;

  DeliverySweep(GitHubHooks github, Repository repository, Clock clock) {
    this.github = github;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Looks once.
   *
   * @return how many were sent again
   */
  int sweep() {
    Instant now = clock.instant();
    Instant since = settled.isBefore(now.minus(KEPT)) ? now.minus(KEPT) : settled;
    Instant open = now;
    int sent = 0;
    for (Hook hook : github.hooks(repository)) {
      if (hook.active() && hook.config().url().endsWith(GitHubDoor.PATH)) {
        for (List<Delivery> attempts : failed(github.deliveries(repository, hook.id(), since))) {
          Instant first = attempts.get(attempts.size() - 1).deliveredAt();
          open = first.isBefore(open) ? first : open;
          if (sent < MOST_AT_ONCE && due(attempts, now)) {
            github.redeliver(repository, hook.id(), attempts.get(0).id());
            sent++;
          }
        }
      }
    }
    // One that is on its way now is in the list only when it has been answered.
    settled = open.minus(PAUSE);
    if (sent > 0) {
      log.info("failed deliveries sent again by GitHub, as asked for count={}", sent);
    }
    return sent;
  }

  /**
   * The attempts of each event that nobody has taken: of an event the newest, of all the oldest
   * first.
   */
  private static Collection<List<Delivery>> failed(List<Delivery> newestFirst) {
    Map<String, List<Delivery>> events = new LinkedHashMap<>();
    newestFirst.stream()
        .filter(delivery -> WITH_EFFECT.contains(delivery.event()))
        .forEach(one -> events.computeIfAbsent(one.guid(), guid -> new ArrayList<>()).add(one));
    List<List<Delivery>> open =
        new ArrayList<>(
            events.values().stream()
                .filter(attempts -> attempts.stream().noneMatch(Delivery::taken))
                .filter(attempts -> !FOR_GOOD.contains(attempts.get(0).statusCode()))
                .toList());
    Collections.reverse(open);
    return open;
  }

  private static boolean due(List<Delivery> newestFirst, Instant now) {
    int ours = newestFirst.size() - 1;
    return ours == 0
        || !now.isBefore(
            newestFirst
                .get(0)
                .deliveredAt()
                .plus(PAUSE.multipliedBy(1L << Math.min(ours - 1, 10))));
  }
}
