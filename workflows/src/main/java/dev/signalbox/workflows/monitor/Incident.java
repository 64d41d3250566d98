package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.monitor.IncidentState.Entry;
import dev.signalbox.workflows.monitor.IncidentState.ReleaseSight;
import dev.signalbox.workflows.policy.MonitorPolicy.IncidentPolicy;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one incident, and what news and orders make of it. Pure. */
final class Incident {
  private static final int MOST_ENTRIES = 100;

  /** Of a mute that ends with the incident. */
  private static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

  private final IncidentState start;
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private final Map<String, Stamp> stamps = new LinkedHashMap<>();
  private final Map<String, Standing> worst = new LinkedHashMap<>();
  private final List<Entry> timeline;
  private final Map<String, OrderAnswer> answers;
  private Map<String, List<String>> after;
  private String platform;
  private Instant openedAt;
  private int issue;
  private String url;
  private String acknowledged;
  private String person;
  private Instant mutedUntil;
  private String closed;
  private Instant recoveredAt;
  private ReleaseSight release;
  private Nudges nudges;
  private boolean news = true;

  Incident(IncidentState start, Instant now) {
    this.start = start;
    this.timeline = new ArrayList<>(start.timeline());
    this.answers = new LinkedHashMap<>(start.answers());
    this.after = start.after();
    this.platform = start.platform();
    this.openedAt = start.openedAt();
    this.issue = start.issue();
    this.url = start.url();
    this.acknowledged = start.acknowledged();
    this.mutedUntil = start.mutedUntil();
    this.closed = start.closed();
    this.recoveredAt = start.recoveredAt();
    this.release = start.release();
    this.nudges = start.nudges() == null ? Nudges.begin(now) : start.nudges();
    start.worst().forEach(standing -> worst.put(standing.check(), standing));
    if (openedAt == null) {
      take(new News(now, start.standings(), start.stamps(), after, platform));
    } else {
      start.standings().forEach(standing -> standings.put(standing.check(), standing));
      stamps.putAll(start.stamps());
    }
  }

  /** Takes what is newer than what is known, check by check: an old green closes no newer red. */
  void take(News told) {
    after = told.after();
    platform = told.platform();
    for (Standing standing : told.standings()) {
      Standing known = standings.get(standing.check());
      Stamp heard = told.stamps().get(standing.check());
      if (standing.service() != null && newer(standing, heard)) {
        if (heard != null) {
          stamps.put(standing.check(), heard);
        }
        standings.put(standing.check(), standing);
        note(standing, known);
      }
    }
    boolean well = standings.values().stream().noneMatch(one -> one.state() == State.DOWN);
    if (well != (recoveredAt != null)) {
      recoveredAt = well ? told.at() : null;
      news = true;
    }
  }

  /** By the monitors' stamps, because the clocks of two workers differ. */
  private boolean newer(Standing standing, Stamp heard) {
    Stamp known = stamps.get(standing.check());
    return heard == null ? known == null : heard.isAfter(known);
  }

  private void note(Standing standing, Standing known) {
    boolean was = known != null && known.state() == State.DOWN;
    boolean is = standing.state() == State.DOWN;
    if (is) {
      worst.putIfAbsent(standing.check(), standing);
      Instant first = standing.firstBad() == null ? standing.since() : standing.firstBad().at();
      openedAt = openedAt == null || first.isBefore(openedAt) ? first : openedAt;
    }
    if (was != is) {
      write(
          standing.since(),
          standing.check() + (is ? " is down: " + standing.reason() : " is up again"));
    }
  }

  private void write(Instant at, String words) {
    timeline.add(new Entry(at, words));
    if (timeline.size() > MOST_ENTRIES) {
      // The beginning says what happened, the end where it stands.
      timeline.remove(MOST_ENTRIES / 2);
    }
    news = true;
  }

  /** Whether nothing is down any more. */
  boolean recovered() {
    return recoveredAt != null;
  }

  /** Who ordered something of it last; null = nobody has. */
  String person() {
    return person;
  }

  /** Why a person closed it. */
  Optional<String> closed() {
    return Optional.ofNullable(closed);
  }

  boolean muted(Instant now) {
    return mutedUntil != null && now.isBefore(mutedUntil);
  }

  /** What is to be said again now, if anything. */
  Optional<Nudges.Kind> due(IncidentPolicy policy, Instant now) {
    return muted(now) || recovered()
        ? Optional.empty()
        : nudges.due(policy, acknowledged != null, now);
  }

  /** When something is to be done although nothing happens. */
  Instant next(IncidentPolicy policy, Instant now) {
    return muted(now) ? mutedUntil : nudges.next(policy, acknowledged != null);
  }

  void nudged(Nudges.Kind kind, Instant now) {
    nudges = nudges.said(kind, now);
    if (kind == Nudges.Kind.ESCALATION) {
      write(now, "escalated, because nobody has acknowledged it");
    }
  }

  /** Whether there is something that the issue does not say yet. */
  boolean hasNews() {
    return news;
  }

  void told() {
    news = false;
  }

  void knows(ReleaseSight sight) {
    release = sight;
  }

  void standsAt(int number, String address) {
    issue = number;
    url = address;
  }

  /** GitHub refuses it; that is no news, or it would be written at once again. */
  void notWritten(Instant now, String why) {
    String words = "the issue could not be written: " + why;
    boolean said = timeline.stream().anyMatch(entry -> entry.words().equals(words));
    if (!said) {
      timeline.add(new Entry(now, words));
    }
  }

  void closedByHand(Instant now) {
    closed = "closed by hand at GitHub";
    write(now, closed);
  }

  /** What became of an order that was judged already. */
  Optional<OrderAnswer> answer(String decisionId) {
    return Optional.ofNullable(answers.get(decisionId));
  }

  OrderAnswer refuse(IncidentOrder order, String why) {
    return keep(order, new OrderAnswer(false, false, why));
  }

  /**
   * @param person as the file calls them
   */
  OrderAnswer order(IncidentOrder order, String person, Instant now) {
    String by = " by " + person + ": " + order.reason();
    this.person = person;
    switch (order.kind()) {
      case ACK -> {
        acknowledged = person + ": " + order.reason();
        write(now, "acknowledged" + by);
        return keep(order, new OrderAnswer(true, false, "acknowledged" + by));
      }
      case MUTE -> {
        mutedUntil = order.until() == null ? FOREVER : order.until();
        String words =
            "muted" + (order.until() == null ? "" : " until " + Moments.text(order.until())) + by;
        write(now, words);
        return keep(order, new OrderAnswer(true, false, words));
      }
      case CLOSE -> {
        closed = "closed" + by;
        write(now, closed);
        return keep(order, new OrderAnswer(true, false, closed));
      }
    }
    throw new IllegalArgumentException(order.kind().word());
  }

  private OrderAnswer keep(IncidentOrder order, OrderAnswer answer) {
    answers.put(order.decisionId(), answer);
    return answer;
  }

  IncidentState state() {
    return new IncidentState(
        start.project(),
        start.environment(),
        openedAt,
        List.copyOf(worst.values()),
        List.copyOf(standings.values()),
        Map.copyOf(stamps),
        after,
        platform,
        timeline,
        issue,
        url,
        acknowledged,
        mutedUntil,
        closed,
        recoveredAt,
        release,
        answers,
        nudges);
  }
}
