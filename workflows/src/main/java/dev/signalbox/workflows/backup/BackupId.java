package dev.signalbox.workflows.backup;

import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a backup is called: whose it is and when, one for each run. */
public final class BackupId {
  private static final int OF_THE_RUN = 8;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern NAME = Pattern.compile(".+-(\\d{8}T\\d{6}Z)-[0-9a-f]{8}");

  private BackupId() {}

  /** Whether something of this name is a backup of ours of this environment. */
  static boolean fits(String name, String environment) {
    return name.startsWith(environment + "-")
        && name.substring(environment.length()).matches("-\\d{8}T\\d{6}Z-[0-9a-f]{8}");
  }

  /**
   * When the run of its name began to take it; empty = it is none of ours.
   *
   * @param name null = none
   */
  public static Optional<Instant> moment(String name) {
    Matcher ours = NAME.matcher(name == null ? "" : name);
    return ours.matches()
        ? Optional.of(MOMENT.parse(ours.group(1), Instant::from))
        : Optional.empty();
  }

  /** Called by a workflow: {@code production-20261121T101530Z-1a2b3c4d}. */
  public static String ofThisRun(String environment) {
    return environment
        + "-"
        + MOMENT.format(Instant.ofEpochMilli(Workflow.currentTimeMillis()))
        + "-"
        + Workflow.getInfo().getFirstExecutionRunId().substring(0, OF_THE_RUN);
  }
}
