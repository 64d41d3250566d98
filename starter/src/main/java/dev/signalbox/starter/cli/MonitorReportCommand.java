package dev.signalbox.starter.cli;

import dev.signalbox.starter.MonitorClient;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** How an environment stands, to hand on to others. */
@Command(
    name = "report",
    description =
        "How an environment stands, in Markdown or with --output json in JSON: its checks, what is"
            + " live, the newest incident. It looks at nothing anew.")
final class MonitorReportCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  MonitorReportCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    MonitorClient monitor = client.monitor(environment);
    MonitorReport report =
        new MonitorReport(
            pipelines.project(),
            environment,
            Instant.now(),
            monitor.show(),
            monitor.state().orElse(null),
            client.ledger(environment).orElse(null),
            client.incidents().newest(environment).orElse(null));
    printer().object(report.object());
    report.lines().forEach(printer()::line);
    return Exit.DONE;
  }
}
