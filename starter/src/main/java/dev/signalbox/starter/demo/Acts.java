package dev.signalbox.starter.demo;

import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All acts, in the order in which they are played. */
public final class Acts {
  private Acts() {}

  public static List<Act> all() {
    return List.of(new Promotion(), new Killed(), new Unhealthy());
  }

  /** A release goes from staging to production. */
  private static final class Promotion extends Act {
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
  private static final class Killed extends Act {
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
  private static final class Unhealthy extends Act {
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

  private static void release(
      Stage stage, Telling telling, String message, Map<String, String> files) {
    String revision = stage.releaseOnStaging(message, files);
    telling.line(
        "pushed "
            + ShortCommit.of(revision)
            + " \""
            + message
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
