package dev.signalbox.bench;

import static dev.signalbox.bench.SchemaProject.sql;

import dev.signalbox.sandbox.postgres.LocalPostgres;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal.Rehearsed;
import dev.signalbox.workflows.migration.MigrationActivities.RehearsalOrder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A revision that writes a big table anew: how long the rehearsal says that nobody could read it,
 * against how long a reader beside the real run was kept out.
 */
final class LockBudget {
  private static final String TEMPLATE = "big";
  private static final Duration BETWEEN_READS = Duration.ofMillis(5);

  private final SchemaSite site;
  private final int rows;

  LockBudget(SchemaSite site, int rows) {
    this.site = site;
    this.rows = rows;
  }

  List<Result> measure() throws IOException {
    site.template(
        TEMPLATE,
        "create table big as select n as id, n % 1000 as state from generate_series(1, "
            + rows
            + ") n",
        "vacuum analyze big");
    site.begin(TEMPLATE);
    SchemaProject project =
        new SchemaProject(
            site, "wide", List.of(sql("alter table big alter column id type bigint")));
    Rehearsed rehearsed = rehearsed(project);
    double keptOut = keptOut(project);
    double said = rehearsed.exclusive().toMillis() / 1000.0;
    double budget = site.policy("wide").lockBudget().toMillis() / 1000.0;
    if (said <= budget) {
      throw new IllegalStateException(
          said + " s are within the lock budget of " + budget + " s, and would not be refused");
    }
    String what = "a type changed on " + rows + " rows: no reader, ";
    return List.of(
        Result.of(what + "as the rehearsal says", null, "s", List.of(said)),
        Result.of(what + "as one beside it saw", null, "s", List.of(keptOut)),
        Result.of("the lock budget that refuses it", null, "s", List.of(budget)));
  }

  private Rehearsed rehearsed(SchemaProject project) {
    String backup =
        site.backups()
            .take(
                new BackupOrder(
                    site.database(),
                    site.policy("wide"),
                    new ExpectedSchema(List.of(SchemaSite.FIRST)),
                    "bench-wide"))
            .id();
    Rehearsal rehearsal =
        site.migrations()
            .rehearse(
                new RehearsalOrder(
                    site.database(), project.source(), "bench", backup, project.revisions()));
    if (rehearsal.failed() != null) {
      throw new IllegalStateException(rehearsal.failed().toString());
    }
    return rehearsal.revisions().get(0);
  }

  /** The longest read of the table while it is really changed. */
  private double keptOut(SchemaProject project) {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Double> reader =
        CompletableFuture.supplyAsync(() -> longestRead(over), task -> new Thread(task).start());
    project.ours();
    over.set(true);
    return reader.join();
  }

  private double longestRead(AtomicBoolean over) {
    double longest = 0;
    try (Connection connection = DriverManager.getConnection(LocalPostgres.jdbc(site.address()));
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        Instant began = Instant.now();
        statement.execute("select id from big limit 1");
        longest = Math.max(longest, Site.seconds(began, Instant.now()));
        LockSupport.parkNanos(BETWEEN_READS.toNanos());
      }
      return longest;
    } catch (SQLException refused) {
      throw new IllegalStateException(refused);
    }
  }
}
