package dev.signalbox.workflows.effect;

import java.util.Map;

/** The systems that activities speak to, as people call them. Pure. */
public final class Systems {
  /** Asked once all others have said what runs. */
  public static final String SERVICES = "the services";

  private static final String DATABASE = "the database";
  private static final String ARCHIVE = "the archive";

  /** No type starts with two of these. */
  private static final Map<String, String> BY_START_OF_TYPE =
      Map.ofEntries(
          Map.entry("GitHub", "GitHub"),
          Map.entry("Railway", "Railway"),
          Map.entry("Logs", "Railway"),
          Map.entry("Volume", "Railway"),
          Map.entry("NotifyTell", "GitHub"),
          Map.entry("NotifyShowCard", "Slack"),
          Map.entry("ReadFacts", "GitHub or Railway"),
          Map.entry("Health", SERVICES),
          Map.entry("Smoke", "the smoke command"),
          Map.entry("Ledger", "the ledger"),
          Map.entry("PlanMigration", DATABASE),
          Map.entry("ReadSchema", DATABASE),
          Map.entry("RehearseMigration", DATABASE),
          Map.entry("UpgradeDatabase", DATABASE),
          Map.entry("TakeBackup", DATABASE),
          Map.entry("VerifyBackup", DATABASE),
          Map.entry("CountSinceBackup", DATABASE),
          Map.entry("ListKeptDatabases", DATABASE),
          Map.entry("DropKeptDatabase", DATABASE),
          Map.entry("PlanRestore", DATABASE),
          Map.entry("ReadDatabaseStanding", DATABASE),
          Map.entry("HoldWrites", DATABASE),
          Map.entry("RestoreBeside", DATABASE),
          Map.entry("RestoreInPlace", DATABASE),
          Map.entry("SwapDatabases", DATABASE),
          Map.entry("UndoRestore", DATABASE),
          Map.entry("SealLedgerPage", ARCHIVE),
          Map.entry("ReadLedgerPages", ARCHIVE),
          Map.entry("ListBackups", ARCHIVE),
          Map.entry("PruneBackups", ARCHIVE));

  private Systems() {}

  /** Who is asked by an activity of this type; what only we do is the worker's affair. */
  public static String of(String activityType) {
    return BY_START_OF_TYPE.entrySet().stream()
        .filter(known -> activityType.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the worker");
  }
}
