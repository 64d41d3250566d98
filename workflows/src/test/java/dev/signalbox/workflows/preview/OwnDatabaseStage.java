package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.DropOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Dropped;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.PrepareOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Prepared;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.ReachOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Reached;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Seeded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The database of a preview's own: made, filled, reached and dropped, unless a test says no. */
final class OwnDatabaseStage {
  private final DatabaseStage database = new DatabaseStage();
  private final List<String> deeds = new CopyOnWriteArrayList<>();
  private volatile String seedFails;
  private volatile String unreachable;
  private volatile boolean seeded;

  PreviewDatabaseActivities activities() {
    return Engine.knowing(
        PreviewDatabaseActivities.class,
        Map.of(
            "prepare", order -> prepared((PrepareOrder) order),
            "seed", any -> seed(),
            "reach", order -> reached((ReachOrder) order),
            "drop", order -> dropped((DropOrder) order)));
  }

  MigrationActivities migrations() {
    return database.migrations();
  }

  /** The commit has these revisions. */
  DatabaseStage with(SchemaFixture schema) {
    return database.with(schema);
  }

  private Prepared prepared(PrepareOrder order) {
    deeds.add((order.anew() == null ? "keep " : "make ") + order.name());
    if (order.anew() != null) {
      seeded = false;
      database.at(SchemaFixture.START);
    }
    return new Prepared(order.name(), true, seeded, List.of("r1"));
  }

  private Seeded seed() {
    deeds.add("seed");
    seeded = seedFails == null;
    return new Seeded(seedFails, List.of("last words"));
  }

  private Reached reached(ReachOrder order) {
    return new Reached(order.preview().variable().equals(unreachable) ? "no route" : null);
  }

  private Dropped dropped(DropOrder order) {
    deeds.add("drop " + order.name());
    return new Dropped(true);
  }

  /** What the seed command answers from now on; null = it works. */
  void seedFails(String sentence) {
    seedFails = sentence;
  }

  /** It does not answer through this variable. */
  void isNotReachedThrough(String variable) {
    unreachable = variable;
  }

  /** What was done to it, in order. */
  List<String> deeds() {
    return List.copyOf(deeds);
  }
}
