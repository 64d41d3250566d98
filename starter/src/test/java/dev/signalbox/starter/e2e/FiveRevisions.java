package dev.signalbox.starter.e2e;

import static dev.signalbox.starter.e2e.MigratedPromotionTest.revision;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A release with five revisions of each kind: an addition, rows, an index that is made beside the
 * readers, rows again, and a column that goes. Each leaves a row in a table when it ran.
 */
final class FiveRevisions {
  /** Where a database stands before them. */
  static final String FIRST = "0003";

  /** From there a database can be taken back to {@link #FIRST}. */
  static final String SECOND = "0005";

  static final String INDEX = "0006";
  static final String CONTRACT = "0008";

  private static final List<String> ALL = List.of("0004", SECOND, INDEX, "0007", CONTRACT);

  private FiveRevisions() {}

  /**
   * @param pause seconds for which each revision is under way besides
   */
  private static Map<String, String> files(String pause) {
    Map<String, String> files = new LinkedHashMap<>();
    String sleep = sql("select pg_sleep(" + pause + ")");
    put(files, sleep, FIRST, "0004", sql("alter table inspections add column city text"));
    undo(files, "0004", sql("alter table inspections drop column city"));
    put(
        files,
        sleep,
        "0004",
        SECOND,
        // Whoever holds this lock keeps the revision inside of its transaction.
        sql("select pg_advisory_xact_lock(5)"),
        sql("update inspections set city = 'unknown' where city is null"));
    // As above, on the way down.
    undo(files, SECOND, sql("select pg_advisory_xact_lock(6)"));
    put(
        files,
        sleep,
        SECOND,
        INDEX,
        "with op.get_context().autocommit_block():",
        "    " + ran(INDEX + " begun"),
        "    " + sleep,
        "    " + sql("create index concurrently inspections_city on inspections (city)"));
    put(
        files,
        sleep,
        INDEX,
        "0007",
        sql("update inspections set state = 'open' where state is null"));
    put(files, sleep, "0007", CONTRACT, sql("alter table inspections drop column state"));
    return files;
  }

  private static void put(
      Map<String, String> files, String sleep, String before, String id, String... body) {
    files.put(
        "backend/migrations/versions/" + id + ".py",
        revision(id, before, String.join("\n    ", body), sleep, ran(id)));
  }

  private static void undo(Map<String, String> files, String id, String body) {
    files.computeIfPresent(
        "backend/migrations/versions/" + id + ".py",
        (name, text) ->
            text.replace(
                "def downgrade():\n    pass",
                "def downgrade():\n    " + body + "\n    " + ran(id + " undone")));
  }

  private static String sql(String statement) {
    return "op.execute(\"" + statement + "\")";
  }

  private static String ran(String step) {
    return sql("insert into ran (step) values ('" + step + "')");
  }

  /**
   * A house whose worker can be killed, with the release on staging and each of these environments
   * before it.
   */
  static House house(
      Path directory,
      Databases databases,
      List<String> environments,
      String rehearse,
      String pause) {
    House house =
        House.at(directory)
            .environments(environments)
            .sandbox(databases::in)
            .configured(
                toml ->
                    toml.replace(
                        "[migrations]\n",
                        "[migrations]\ncontract = \"before\"\nlock_timeout = \"2m\"\nrehearse = \""
                            + rehearse
                            + "\"\n"))
            .variable("PG_BIN", databases.programs().toString())
            .workerApart()
            .open();
    databases.leaveToUs(house);
    prepare(databases, environments);
    house.releaseOnStaging(files(pause));
    return house;
  }

  /** Brings databases to where the release finds them, and keeps them so. */
  private static void prepare(Databases databases, List<String> environments) {
    databases.execute(House.STAGING, LOG);
    for (String environment : environments) {
      databases.execute(
          environment,
          LOG,
          "alter table inspections add column state text",
          "insert into inspections (title) select 'old ' || n from generate_series(1, 2000) n",
          "update alembic_version set version_num = '" + FIRST + "'");
      databases.keep(environment);
    }
  }

  private static final String LOG =
      "create table ran (step text, at timestamptz default clock_timestamp())";

  /** What must have run, and once, where a database stands. */
  static List<String> upTo(String revision) {
    return ALL.stream().filter(id -> id.compareTo(revision) <= 0).toList();
  }

  /** What ran, each as often as it did, without the beginning of the index. */
  static List<String> ran(Databases databases, String environment) {
    return databases.ask(
        environment, "select step from ran where step not like '% begun' order by at");
  }

  /** How often the index was begun. */
  static int begun(Databases databases, String environment) {
    return databases.ask(environment, "select step from ran where step like '% begun'").size();
  }
}
