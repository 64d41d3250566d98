package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Brings the branch that releases come from level with the one that they go to. */
@Command(
    name = "sync",
    description =
        "Bring the branch that an environment is promoted from level with its own: forward where"
            + " that takes nothing away, else by a pull request; never by force.")
final class SyncCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment released into, or the one that it comes from.")
  String environment;

  SyncCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    target(pipelines);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    Pipeline pipeline = pipelines.pipeline(target(pipelines));
    LevelReport report = client.sync(pipeline.environment().name());
    printer().object(object(pipeline, report));
    print(report);
    return switch (report.outcome()) {
      case LEVEL, MOVED -> Exit.DONE;
      case PULL_REQUEST -> Exit.WAITING;
      case REFUSED -> Exit.NOT_SO;
    };
  }

  /** Whoever names the source means what is promoted from it. */
  private String target(PipelineFile pipelines) {
    if (pipelines.pipeline(environment).source() != null) {
      return environment;
    }
    List<String> targets =
        pipelines.environments().stream()
            .filter(name -> comesFrom(pipelines.pipeline(name), environment))
            .toList();
    if (targets.size() != 1) {
      throw new TroubleException(
          Trouble.usage(
              "Finding what is to be brought level",
              environment,
              targets.isEmpty()
                  ? "it is promoted from no other environment, and none is promoted from it"
                  : "several are promoted from it",
              targets.isEmpty()
                  ? "Name an environment with `from` in signalbox.toml."
                  : "Name one: " + String.join(", ", targets) + "."));
    }
    return targets.get(0);
  }

  private static boolean comesFrom(Pipeline pipeline, String source) {
    return pipeline.source() != null && pipeline.source().name().equals(source);
  }

  private void print(LevelReport report) {
    report.own().forEach(commit -> printer().line(line(commit)));
    int more = report.ownInAll() - report.own().size();
    if (more > 0) {
      printer().line("… and " + more + " more");
    }
    printer().line(Columns.printable(report.words()));
  }

  private static String line(Commit commit) {
    return Columns.printable(
        ShortCommit.of(commit.sha()) + "  " + commit.subject() + "  (" + commit.author() + ")");
  }

  private static Map<String, Object> object(Pipeline pipeline, LevelReport report) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("environment", pipeline.environment().name());
    shown.put("branch", pipeline.environment().branch());
    shown.put("from", pipeline.source().name());
    shown.put("sourceBranch", pipeline.sourceBranch());
    shown.put("outcome", report.outcome());
    shown.put("head", report.head());
    shown.put("sourceHead", report.sourceHead());
    shown.put("treesEqual", report.treesEqual());
    shown.put("pull", report.pull());
    shown.put("commits", report.own().stream().map(SyncCommand::object).toList());
    shown.put("commitsInAll", report.ownInAll());
    shown.put("message", report.words());
    return shown;
  }

  private static Map<String, Object> object(Commit commit) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("sha", commit.sha());
    shown.put("subject", commit.subject());
    shown.put("author", commit.author());
    return shown;
  }
}
