package dev.signalbox.starter.demo;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All acts. */
public final class Acts {
  private Acts() {}

  /** The whole story, in the order in which it is played. */
  public static List<Act> all() {
    return List.of(new Promotion(), new Killed(), new Unhealthy(), new NoWayBack());
  }

  /** Those of the story, and what is played alone. */
  public static List<Act> named() {
    return Stream.concat(all().stream(), Stream.of(new PreviewAct(), new MonitorAct())).toList();
  }

  /** A release goes from staging to production. */
  private static final class Promotion extends PromotionAct {
    Promotion() {
      super(1, "promotion", "A release goes from staging to production, gated, approved, verified");
    }

    @Override
    String expected() {
      return "live";
    }

    @Override
    Optional<String> objection(Stage stage, String revision, String before, ActResult result) {
      return liveOnce(revision, result);
    }
  }

  /** The worker dies in the middle of the deployment. */
  private static final class Killed extends PromotionAct {
    private boolean killed;

    Killed() {
      super(2, "kill", "The worker is killed in mid-deployment; another one takes over");
    }

    @Override
    String expected() {
      return "live";
    }

    @Override
    void prepare(Stage stage, Telling telling) {
      release(
          stage,
          telling,
          "Sort the inspections",
          Map.of("backend/sorting.py", "ORDER = 'newest first'\n"));
    }

    @Override
    void meanwhile(Stage stage, PromotionStatus status, Telling telling) {
      boolean sent =
          status.state().equals("deploying")
              && stage.sandbox().railway().deployments(Stage.PRODUCTION, "backend").stream()
                  .anyMatch(deployment -> status.revision().equals(deployment.commit()));
      if (killed || !sent) {
        return;
      }
      killed = true;
      telling.command("kill -9 " + stage.killWorker());
      telling.line("the worker is dead; the sandbox goes on building");
      stage.startWorker();
      telling.line("a new worker has taken over: pid " + stage.workerPid());
    }

    @Override
    Optional<String> objection(Stage stage, String revision, String before, ActResult result) {
      return killed ? liveOnce(revision, result) : Optional.of("the worker was never killed");
    }
  }

  /** A release that is well in staging turns unhealthy in production. */
  private static final class Unhealthy extends PromotionAct {
    Unhealthy() {
      super(
          3,
          "rollback",
          "A release that was well in staging turns unhealthy in production: taken back");
    }

    @Override
    String expected() {
      return "rolledBack";
    }

    @Override
    void prepare(Stage stage, Telling telling) {
      release(
          stage,
          telling,
          "Cache the inspections",
          Map.of(
              "backend/sandbox.toml",
              """
              checks = { python-ci = "success" }

              [database]
              variable = "DATABASE_URL"
              write = "insert into inspections (title) values ('seen')"
              read = "select id, title from inspections order by id desc limit 10"

              # Well in staging; in production the cache fills up after some seconds.
              [environments.production]
              unhealthy_after = "5s"
              """));
    }

    @Override
    Optional<String> objection(Stage stage, String revision, String before, ActResult result) {
      if (!before.equals(result.productionRevision())) {
        return Optional.of("production does not run the former revision " + before);
      }
      boolean quarantined =
          stage.client().ledger(Stage.PRODUCTION).stream()
              .flatMap(ledger -> ledger.quarantine().stream())
              .anyMatch(entry -> entry.revision().equals(revision));
      if (!quarantined) {
        return Optional.of("the revision is not in quarantine");
      }
      return result.mutations().rollback().equals(Map.of("backend", 1, "frontend", 1))
          ? Optional.empty()
          : Optional.of("not one rollback each: " + result.mutations());
    }
  }

  /** The schema has left the former code behind: nobody goes back to it without a word. */
  private static final class NoWayBack extends PromotionAct {
    private static final String RENAME =
        """
        \"""Call the title what it is\"""

        from alembic import op

        revision = "0004"
        down_revision = "0003"


        def upgrade():
            op.alter_column("inspections", "title", new_column_name="subject")


        def downgrade():
            op.alter_column("inspections", "subject", new_column_name="title")
        """;
    private static final String BEHAVIOUR =
        """
        checks = { python-ci = "success" }

        [database]
        variable = "DATABASE_URL"
        write = "insert into inspections (subject) values ('seen')"
        read = "select id, subject from inspections order by id desc limit 10"

        [environments.production]
        unhealthy_after = "3s"
        """;

    private boolean broken;

    NoWayBack() {
      super(
          4,
          "no-way-back",
          "A release renames a column before its code is there, and turns unhealthy: not taken"
              + " back onto a schema that the former code cannot read");
    }

    @Override
    String expected() {
      return "waiting";
    }

    @Override
    void prepare(Stage stage, Telling telling) {
      stage.configure("\n[archive]", "contract = \"before\"\n\n[archive]");
      telling.line("signalbox.toml now says: [migrations] contract = \"before\"");
      release(
          stage,
          telling,
          "Call the title what it is" + takingBack(stage),
          Map.of(
              "backend/migrations/versions/0004_subject.py",
              RENAME,
              "backend/sandbox.toml",
              BEHAVIOUR));
    }

    @Override
    void meanwhile(Stage stage, PromotionStatus status, Telling telling) {
      if (broken || !status.state().equals("deploying")) {
        return;
      }
      ServiceAnswer answer = ServiceAnswer.ofProduction(stage);
      if (answer.status() == 500) {
        broken = true;
        telling.line("the former build, on the new schema, answers 500: " + answer.database());
      }
    }

    @Override
    boolean overAt(PromotionStatus status) {
      return status.asks().stream().anyMatch(ask -> ask.kind() == Ask.Kind.QUESTION);
    }

    @Override
    Optional<String> objection(Stage stage, String revision, String before, ActResult result) {
      if (!revision.equals(result.productionRevision())) {
        return Optional.of("production says that it runs " + result.productionRevision());
      }
      return result.mutations().oneDeploymentEach() && result.mutations().rollback().isEmpty()
          ? Optional.empty()
          : Optional.of("not one deployment each and no rollback: " + result.mutations());
    }
  }

  /** The cache is gone with this release; what has a bad commit without its revert is refused. */
  private static String takingBack(Stage stage) {
    return stage.client().ledger(Stage.PRODUCTION).stream()
        .flatMap(ledger -> ledger.quarantine().stream())
        .map(bad -> "\n\nThis reverts commit " + bad.revision() + ".")
        .collect(Collectors.joining());
  }

  private static void release(
      Stage stage, Telling telling, String message, Map<String, String> files) {
    String revision = stage.releaseOnStaging(message, files);
    telling.line(
        "pushed "
            + ShortCommit.of(revision)
            + " \""
            + message.lines().findFirst().orElseThrow()
            + "\" to staging; Railway deploys it there");
  }

  private static Optional<String> liveOnce(String revision, ActResult result) {
    if (!revision.equals(result.productionRevision())) {
      return Optional.of("production says that it runs " + result.productionRevision());
    }
    return result.mutations().oneDeploymentEach()
        ? Optional.empty()
        : Optional.of("not one effect each: " + result.mutations());
  }
}
