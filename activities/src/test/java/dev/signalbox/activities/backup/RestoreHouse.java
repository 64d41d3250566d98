package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;

import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.workflows.backup.RestoreActivities.Beside;
import dev.signalbox.workflows.backup.RestoreActivities.BesideOrder;
import dev.signalbox.workflows.backup.RestoreActivities.PresentDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.backup.RestoreActivities.RestoreQuery;
import dev.signalbox.workflows.backup.RestoreActivities.SwapOrder;
import dev.signalbox.workflows.backup.RestoreActivities.Swapped;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The shop with a backup, and what has been written to it since. */
final class RestoreHouse {
  static final Instant AT = Instant.parse("2026-11-27T20:15:00Z");

  private static final String RUN = "0a1b2c3d-run";

  final BackupHouse shop;
  final PostgresRestores restores;

  RestoreHouse(Path archive) {
    this(BackupHouse.withShop(archive));
  }

  RestoreHouse(BackupHouse withShop) {
    shop = withShop;
    shop.take("b");
    restores = new PostgresRestores(shop.backups);
  }

  RestorePlan plan() {
    return plan(shop.address());
  }

  RestorePlan plan(DatabaseAddress address) {
    return restores.plan(new RestoreQuery(REFERENCE, RUN, "b", false), address, new Stop());
  }

  PresentDatabase present() {
    return new PresentDatabase(REFERENCE, RUN, shop.databaseName(), number());
  }

  long number() {
    return Long.parseLong(
        POSTGRES.query(
            POSTGRES.maintenance(),
            "select oid from pg_database where datname = '" + shop.databaseName() + "'"));
  }

  int hold() {
    return restores.hold(present(), shop.address(), new Stop()).ended();
  }

  Beside beside() {
    return restores.beside(new BesideOrder(present(), "b"), shop.address(), new Stop());
  }

  static SwapOrder swapOf(PresentDatabase present, Beside copy) {
    return new SwapOrder(present, copy.name(), copy.number(), AT, "b");
  }

  Swapped swap(SwapOrder order) {
    return restores.swap(order, shop.address(), new Stop());
  }

  void undo(PresentDatabase present) {
    restores.undo(present, shop.address(), new Stop());
  }

  /** Whole databases of a restore that stand beside the shop's. */
  List<String> copies() {
    return POSTGRES
        .query(
            POSTGRES.maintenance(),
            "select datname from pg_database where starts_with(datname, 'signalbox_restore_"
                + number()
                + "')")
        .lines()
        .toList();
  }

  String accounts() {
    return shop.query("select count(*) from accounts");
  }
}
