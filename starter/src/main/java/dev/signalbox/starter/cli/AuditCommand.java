package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.Durations;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ShortCommit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who asked, decided and ordered what, and what was done about it. */
@Command(
    name = "audit",
    description =
        "Who asked, approved, refused, overrode, froze, and what was done about it, oldest first:"
            + " from the ledgers and their archive.")
final class AuditCommand extends ClientCommand {
  @Option(
      names = "--env",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "Only of this environment.")
  String environment;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Only from then on: 2026-11-01 (UTC), 2026-11-01T08:00:00Z, or 30d ago.")
  String since;

  @Option(names = "--csv", description = "As CSV, with a heading line.")
  boolean csv;

  AuditCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /**
   * One entry and whose it is.
   *
   * @param text all that it says; null = it has the beginning alone
   */
  private record Line(String environment, HistoryEntry entry, String text) {}

  @Override
  void check(PipelineFile pipelines) {
    if (environment != null) {
      requireEnvironment(pipelines, environment);
    }
    if (csv && output == OutputForm.json) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding the command",
              "--csv --output json",
              "the answer is one or the other",
              "Leave out --csv or --output json."));
    }
    from();
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    List<Line> lines = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    int lost = 0;
    Instant from = from().orElse(null);
    for (String name : environment == null ? pipelines.environments() : List.of(environment)) {
      Trail trail = new Trail(client, name);
      lost += trail.lost();
      trail.read(from, reader(name, trail, lines, unread));
    }
    lines.removeIf(line -> from != null && line.entry().at().isBefore(from));
    lines.sort(Comparator.comparing(line -> line.entry().at()));
    if (csv) {
      surroundings.out().print(new CsvTable(lines.stream().map(AuditCommand::object).toList()));
      unread.forEach(gap -> printer().aside("NOT SHOWN: " + gap));
      return unread.isEmpty() ? Exit.DONE : Exit.NOT_SO;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("entries", lines.stream().map(AuditCommand::object).toList());
    object.put("unread", unread);
    object.put("lost", lost);
    printer().object(object);
    lines.forEach(line -> printer().line(words(line)));
    unread.forEach(gap -> printer().line("NOT SHOWN: " + gap));
    if (lost > 0) {
      printer().line(lost + " before all of these are lost: no archive took them in time");
    }
    return unread.isEmpty() ? Exit.DONE : Exit.NOT_SO;
  }

  private static Trail.Reader reader(
      String name, Trail trail, List<Line> lines, List<String> unread) {
    return new Trail.Reader() {
      @Override
      public void entries(List<HistoryEntry> entries) {
        entries.forEach(entry -> lines.add(new Line(name, entry, trail.text(entry))));
      }

      @Override
      public void gap(String why) {
        unread.add(name + ": " + why);
      }
    };
  }

  /**
   * @throws TroubleException exit 2, when it is no such time
   */
  private Optional<Instant> from() {
    if (since == null) {
      return Optional.empty();
    }
    Optional<Duration> ago = Durations.parse(since);
    if (ago.isPresent()) {
      return Optional.of(surroundings.started().minus(ago.get()));
    }
    try {
      return Optional.of(
          since.contains("T")
              ? Instant.parse(since)
              : LocalDate.parse(since).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException noTime) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding --since",
              since,
              "it is no time",
              "Say --since 2026-11-01, --since 2026-11-01T08:00:00Z or --since 30d."));
    }
  }

  private static String action(HistoryEntry entry) {
    return entry.ofRun() ? "ended" : entry.kind().word();
  }

  private static Map<String, Object> object(Line line) {
    HistoryEntry entry = line.entry();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("at", entry.at());
    shown.put("environment", line.environment());
    shown.put("action", action(entry));
    shown.put("person", entry.requester());
    shown.put("id", entry.id());
    shown.put("revision", revision(entry));
    shown.put("result", entry.result() == null ? null : entry.result().word());
    shown.put("detail", line.text() == null ? entry.detail() : line.text());
    shown.put("door", entry.door());
    shown.put("proved", entry.door() == null ? null : entry.proved());
    shown.put("digest", entry.digest());
    shown.put("hash", entry.hash());
    shown.put("cut", line.text() == null && entry.whole() != null);
    return shown;
  }

  private static String words(Line line) {
    HistoryEntry entry = line.entry();
    return Moments.text(entry.at())
        + "  "
        + line.environment()
        + "  "
        + (entry.ofRun()
            ? entry.result().word()
                + (entry.requester() == null ? "" : ", asked for by " + entry.requester())
            : subject(entry) + entry.kind().word())
        + (revision(entry) == null ? "" : "  " + ShortCommit.of(revision(entry)))
        + (entry.detail() == null || entry.detail().isBlank() ? "" : ": " + entry.detail())
        + provenance(entry);
  }

  /** Who did it; an outage is nobody's deed. */
  private static String subject(HistoryEntry entry) {
    if (entry.kind() == HistoryEntry.Kind.OUTAGE) {
      return "";
    }
    return (entry.requester() == null ? "somebody" : entry.requester()) + " ";
  }

  /** A promotion's id has it. */
  private static String revision(HistoryEntry entry) {
    boolean named =
        entry.revision() == null && entry.id() != null && PromotionWorkflow.isId(entry.id());
    return named ? entry.id().substring(entry.id().lastIndexOf('/') + 1) : entry.revision();
  }

  private static String provenance(HistoryEntry entry) {
    return entry.door() == null
        ? ""
        : " (by "
            + entry.door()
            + (entry.proved() ? ", proved" : ", not proved")
            + (entry.digest() == null ? ")" : ", digest " + entry.digest() + ")");
  }
}
