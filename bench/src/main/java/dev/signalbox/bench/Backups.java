package dev.signalbox.bench;

import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.backup.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The dump of a backup against pg_dump into a file, in turn; and what the proof costs besides. */
final class Backups {
  private static final String TEMPLATE = "saved";

  private final SchemaSite site;
  private final int slices;
  private final int rows;

  Backups(SchemaSite site, int slices, int rows) {
    this.site = site;
    this.slices = slices;
    this.rows = rows;
  }

  List<Result> measure() throws IOException, InterruptedException {
    site.template(
        TEMPLATE,
        "create table orders as select n as id, md5(n::text) || md5((n * 7)::text) as title from"
            + " generate_series(1, "
            + rows
            + ") n");
    site.begin(TEMPLATE);
    List<Double> dumps = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    for (int slice = 0; slice <= slices; slice++) {
      // In turn first: what the other one left (a dropped copy) costs the next.
      double before = slice % 2 == 0 ? 0 : pgDump();
      Instant began = Instant.now();
      double dump = ours("bench-" + slice);
      double proved = Site.seconds(began, Instant.now());
      double other = slice % 2 == 0 ? pgDump() : before;
      if (slice > 0) {
        dumps.add(dump);
        bare.add(other);
        ratios.add(dump / other);
        whole.add(proved);
      }
    }
    String what = "dump of " + rows + " rows";
    return List.of(
        Result.of(what + ", Signalbox", null, "s", dumps),
        Result.of(what + ", pg_dump", null, "s", bare),
        Result.of("the same, ratio", null, "ratio", ratios),
        Result.of("the whole backup, restored and compared", null, "s", whole));
  }

  private double ours(String id) {
    Receipt receipt =
        site.backups()
            .take(
                new BackupOrder(
                    site.database(),
                    site.policy("five"),
                    new ExpectedSchema(List.of(SchemaSite.FIRST)),
                    id));
    return receipt.took().toMillis() / 1000.0;
  }

  private double pgDump() throws IOException, InterruptedException {
    Path file = site.directory().resolve("bare.dump");
    Instant began = Instant.now();
    int code =
        new ProcessBuilder(
                site.programs().resolve("pg_dump").toString(),
                "--format=custom",
                // As we have it done.
                "--compress=1",
                "--file=" + file,
                site.address())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    double seconds = Site.seconds(began, Instant.now());
    Files.delete(file);
    if (code != 0) {
      throw new IllegalStateException("pg_dump ended with exit code " + code);
    }
    return seconds;
  }
}
