package dev.signalbox.bench;

import static dev.signalbox.bench.SchemaProject.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An upgrade through us against Alembic's own command, in turn, each on the same database. */
final class Migrations {
  private static final String ROWS = "rows";
  private static final String EMPTY = "empty";

  private final SchemaSite site;
  private final int slices;
  private final int rows;

  /**
   * @param rows of the table that the five revisions change
   */
  Migrations(SchemaSite site, int slices, int rows) {
    this.site = site;
    this.slices = slices;
    this.rows = rows;
  }

  List<Result> measure() throws IOException, InterruptedException {
    site.template(
        ROWS,
        "create table orders as select n as id, 'order ' || n as title, n % 7 as state from"
            + " generate_series(1, "
            + rows
            + ") n",
        "alter table orders add primary key (id)");
    site.template(EMPTY);
    List<Result> results = new ArrayList<>();
    results.addAll(compare("migration of five revisions on " + rows + " rows", five(), ROWS));
    results.addAll(compare("migration of sixty small revisions", sixty(), EMPTY));
    return results;
  }

  private SchemaProject five() throws IOException {
    return new SchemaProject(
        site,
        "five",
        List.of(
            sql("alter table orders add column city text"),
            sql("update orders set city = title where city is null"),
            "with op.get_context().autocommit_block():\n        "
                + sql("create index concurrently orders_city on orders (city)"),
            sql("alter table orders alter column city set not null"),
            sql("alter table orders drop column state")));
  }

  private SchemaProject sixty() throws IOException {
    return new SchemaProject(
        site,
        "sixty",
        IntStream.range(0, 60)
            .mapToObj(
                n ->
                    sql(
                        n % 2 == 0
                            ? "create table t" + n + " (id int primary key, name text)"
                            : "alter table t" + (n - 1) + " add column city text"))
            .toList());
  }

  private List<Result> compare(String what, SchemaProject project, String template)
      throws IOException, InterruptedException {
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int slice = 0; slice <= slices; slice++) {
      // In turn first.
      double before = slice % 2 == 0 ? 0 : bare(project, template);
      site.begin(template);
      double own = project.ours();
      double other = slice % 2 == 0 ? bare(project, template) : before;
      // The first one makes what later ones find: compiled Python, a warm JVM.
      if (slice > 0) {
        ours.add(own);
        bare.add(other);
        ratios.add(own / other);
      }
    }
    return List.of(
        Result.of(what + ", Signalbox", null, "s", ours),
        Result.of(what + ", alembic upgrade", null, "s", bare),
        Result.of("the same, ratio", null, "ratio", ratios));
  }

  private double bare(SchemaProject project, String template)
      throws IOException, InterruptedException {
    site.begin(template);
    return project.bare();
  }
}
