package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.effect.TokenAdvice;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.release.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a promotion would do. */
@Command(
    name = "plan",
    description = "What a promotion would do, and why it may not move; changes nothing.")
final class PlanCommand extends EngineCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment promoted into.")
  String environment;

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "7 to 40 hex; else the head of the source branch.")
  String commit;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "Only this one, where partial = true allows it: the set is then of two commits.")
  String service;

  PlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    PipelineFile pipelines = pipelines();
    requireEnvironment(pipelines, environment);
    Targets.requireService(pipelines, environment, service);
    commit = Targets.commit(commit);
    try (Engine engine = OwnEngine.connectOrStart(this, Wiring.Purpose.PLANNING)) {
      SignalboxClient client = client(engine, pipelines);
      Optional<LedgerStatus> ledger =
          engine.inProcess()
              ? Optional.empty()
              // A worker opens it when it starts: without one, nobody would answer the plan either.
              : Optional.of(ClientCommand.ledger(client, environment));
      PlanReport report = client.plan(environment, commit, service, ledger);
      printer().object(object(report));
      print(report);
      requireTokens(report);
      return exitCode(report);
    }
  }

  /** A token that was refused closes gates, but no waiting and no other commit opens them. */
  private static void requireTokens(PlanReport report) {
    for (GateResult gate : report.gates()) {
      TokenAdvice.variable(gate.evidence())
          .ifPresent(
              variable -> {
                throw new TroubleException(
                    Trouble.usage(
                        "Reading the facts for " + gate.name(),
                        report.environment(),
                        "the worker's token was refused",
                        "Set "
                            + variable
                            + " in the worker's environment to a valid token that has the rights"
                            + " (docs/operating/tokens.md), and start the worker again."));
              });
    }
  }

  private static int exitCode(PlanReport report) {
    if (report.mayMove()) {
      return Exit.DONE;
    }
    return report.gates().stream().anyMatch(gate -> gate.state() == GateResult.State.FAILED)
        ? Exit.NOT_SO
        : Exit.WAITING;
  }

  private void print(PlanReport report) {
    Printer printer = printer();
    printer.line(report.environment() + "  " + report.revision() + standing(report));
    if (report.digest() != null) {
      printer.line(
          "digest "
              + Digest.brief(report.digest())
              + (report.alias() == null ? "" : "  " + report.alias()));
    }
    GateLines.of(report.gates()).forEach(printer::line);
    report.steps().forEach(step -> printer.line("would: " + step));
    if (report.rollback() != null) {
      printer.line("rollback: " + report.rollback().verdict() + ", " + report.rollback().detail());
      List<String> variables = report.rollback().variables();
      if (!variables.isEmpty()) {
        printer.line("variables that a rollback changes back: " + String.join(", ", variables));
      }
    }
    // Behind the gates: where an answer is cut off, as at Slack, it is the commits that are
    // missing.
    report.card().forEach(this::print);
    printer.line(end(report));
  }

  private void print(Part part) {
    for (Line line : part.lines()) {
      printer()
          .line(
              part.heading().toLowerCase(Locale.ROOT)
                  + ": "
                  + (line.label() == null ? "" : line.label() + "  ")
                  + line.text());
    }
  }

  private static String end(PlanReport report) {
    if (report.mayMove()) {
      return "it may move";
    }
    List<String> failed =
        report.gates().stream()
            .filter(gate -> gate.state() == GateResult.State.FAILED)
            .map(GateResult::name)
            .toList();
    return failed.isEmpty()
        ? "it may not move yet"
        : "it may not move, and waiting does not help: " + String.join(", ", failed) + " failed";
  }

  private static Map<String, Object> object(PlanReport report) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("environment", report.environment());
    shown.put("revision", report.revision());
    shown.put("base", report.base());
    shown.put("digest", report.digest());
    shown.put("mayMove", report.mayMove());
    shown.put("card", report.card());
    shown.put("gates", report.gates());
    shown.put("steps", report.steps());
    shown.put("rollback", report.rollback() == null ? Map.of() : report.rollback());
    return shown;
  }

  private static String standing(PlanReport report) {
    if (report.digest() == null) {
      return "  (what runs there could not be read)";
    }
    return report.base() == null ? "  (first release)" : "  after " + report.base();
  }
}
