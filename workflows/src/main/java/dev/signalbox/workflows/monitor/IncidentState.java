package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.environment.OrderAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that is known of one incident; carried over when its run continues as new.
 *
 * @param openedAt when the first bad look was taken
 * @param worst every check that was down in it, as it stood when it was first told, in that order
 * @param standings how everything stands by the newest look at each
 * @param stamps when a monitor heard each of them, by check
 * @param timeline what happened, oldest first
 * @param issue number of the issue; 0 = none yet
 * @param url of the issue; null = none yet
 * @param acknowledged by whom and why; null = by nobody
 * @param mutedUntil null = it is not muted; the year 9999 stands for the end of the incident
 * @param closed why a person closed it; null = nobody has
 * @param recoveredAt since when everything is well; null = it is not
 * @param release what runs and what a rollback could do; null = not asked yet
 * @param answers to orders, by decision id
 * @param nudges when people were told again; null = it begins
 */
public record IncidentState(
    String project,
    String environment,
    Instant openedAt,
    List<Standing> worst,
    List<Standing> standings,
    Map<String, Stamp> stamps,
    Map<String, List<String>> after,
    String platform,
    List<Entry> timeline,
    int issue,
    String url,
    String acknowledged,
    Instant mutedUntil,
    String closed,
    Instant recoveredAt,
    ReleaseSight release,
    Map<String, OrderAnswer> answers,
    Nudges nudges) {

  public IncidentState {
    worst = worst == null ? List.of() : List.copyOf(worst);
    standings = standings == null ? List.of() : List.copyOf(standings);
    stamps = stamps == null ? Map.of() : stamps;
    after = after == null ? Map.of() : after;
    timeline = timeline == null ? List.of() : List.copyOf(timeline);
    answers = answers == null ? Map.of() : answers;
  }

  /** One that begins with these news. */
  public static IncidentState begin(String project, String environment, News first) {
    return new IncidentState(
        project,
        environment,
        null,
        null,
        first.standings(),
        first.stamps(),
        first.after(),
        first.platform(),
        null,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** One line of the timeline. */
  public record Entry(Instant at, String words) {}

  /**
   * What the ledger says.
   *
   * @param revision what runs; null = no record
   * @param since when it went live
   * @param former what ran before, which a rollback goes back to; null = none on record
   * @param verdict of a rollback: instant, rebuildOnly, forwardOnly or unknown
   * @param detail why
   */
  public record ReleaseSight(
      String revision, Instant since, String former, String verdict, String detail) {}
}
