package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.Foreign;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.Mixed;
import dev.signalbox.workflows.environment.RestorePoint;
import dev.signalbox.workflows.environment.StandingOrders;
import dev.signalbox.workflows.environment.TriggerMemory;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What lives where, and who holds or waits. */
@Command(
    name = "status",
    description = "What is live in each environment, who holds it, who waits.")
final class StatusCommand extends ClientCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "Only this one.")
  String environment;

  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    if (environment != null) {
      requireEnvironment(pipelines, environment);
    }
    List<Map<String, Object>> shown = new ArrayList<>();
    List<String> names = environment == null ? pipelines.environments() : List.of(environment);
    Instant deadline = Instant.now().plus(SignalboxClient.PATIENCE);
    Map<String, LedgerStatus> ledgers = new Runs(client, pipelines).ledgers(names);
    for (String name : names) {
      Optional<LedgerStatus> ledger = Optional.ofNullable(ledgers.get(name));
      PlanReport standing =
          client.standing(name, ledger.orElse(null), Duration.between(Instant.now(), deadline));
      StandingView orders =
          new StandingView(
              ledger.map(LedgerStatus::standing).orElse(StandingOrders.NONE),
              pipelines.pipeline(name).environment().times(),
              surroundings.started());
      shown.add(object(name, ledger, standing, orders));
      print(name, ledger, standing, asked(client, ledger));
      orders.lines().forEach(line -> printer().line("  " + line));
      triggers(ledger).lines().forEach(line -> printer().line("  " + line));
    }
    printer().object(Map.of("environments", shown));
    return Exit.DONE;
  }

  private void print(
      String name, Optional<LedgerStatus> ledger, PlanReport standing, List<String> asked) {
    Printer printer = printer();
    if (ledger.isEmpty()) {
      printer.line(name + "  no worker has opened its ledger yet: start `signalbox worker`");
      return;
    }
    LedgerStatus status = ledger.get();
    printer.line(name + "  " + whatRuns(status));
    others(standing).ifPresent(line -> printer.line("  " + line));
    if (status.live() != null || status.mixed() != null) {
      printer.line("  rollback " + wayBack(standing.rollback()));
      RestorePoint.of(status).ifPresent(point -> printer.line("    " + point.words(name)));
    }
    if (status.backups() != null) {
      printer.line("  scheduled backup: " + RoundText.of(status.backups()));
    }
    LedgerRoom.warning(status).ifPresent(warning -> printer.line("  " + warning));
    if (status.holder() != null) {
      printer.line(
          "  held by "
              + status.holder().workflowId()
              + " since "
              + Moments.text(status.holder().since()));
    }
    asked.forEach(line -> printer.line("    " + line));
    status.waiting().forEach(id -> printer.line("  waiting " + id));
    status.quarantine().forEach(this::print);
  }

  private void print(Quarantined bad) {
    printer().line("  " + bad.words());
    if (bad.revert() != null) {
      printer().line("    revert: " + bad.revert().text());
    }
    if (bad.mended() != null) {
      printer()
          .line(
              "    mended by "
                  + bad.mended().commit()
                  + ", as "
                  + bad.mended().person()
                  + " says: "
                  + bad.mended().reason());
    }
  }

  private static String whatRuns(LedgerStatus status) {
    if (status.mixed() != null) {
      return mixed(status.mixed());
    }
    return status.live() == null
        ? "nothing recorded as live"
        : "live "
            + status.live().revision()
            + " since "
            + Moments.text(status.live().since())
            + apart(status.live());
  }

  private static Optional<String> others(PlanReport standing) {
    if (standing.foreign() == null) {
      return Optional.of(
          "not known whether somebody else has deployed since: Railway was not read");
    }
    return standing.foreign().all().isEmpty()
        ? Optional.empty()
        : Optional.of("but " + Foreign.words(standing.foreign().all()));
  }

  private static String wayBack(RollbackOutlook outlook) {
    return outlook.verdict()
        + (outlook.until() == null ? "" : " until " + Moments.text(outlook.until()))
        + ": "
        + outlook.detail();
  }

  /** What the run that holds it waits for; nothing where it does not answer: `why` says who. */
  private static List<String> asked(SignalboxClient client, Optional<LedgerStatus> ledger) {
    Optional<String> holder = ledger.map(LedgerStatus::holder).map(LedgerStatus.Holder::workflowId);
    try {
      return holder
          .flatMap(id -> client.status(id).map(run -> asking(id, run.asks())))
          .orElse(List.of());
    } catch (TroubleException silence) {
      return List.of();
    }
  }

  private static List<String> asking(String id, List<Ask> asks) {
    return asks.stream().flatMap(ask -> Asking.lines(id, ask).stream()).toList();
  }

  private static String mixed(Mixed mixed) {
    return "mixed since "
        + Moments.text(mixed.since())
        + ": "
        + mixed.by()
        + " left it so; "
        + (mixed.lastGood() == null
            ? "there is no last good set"
            : "`signalbox rollback` goes back to the last good set, "
                + mixed.lastGood().revision());
  }

  private static Map<String, Object> object(
      String name, Optional<LedgerStatus> ledger, PlanReport standing, StandingView orders) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", name);
    shown.put("live", ledger.map(LedgerStatus::live).map(StatusCommand::live).orElse(null));
    shown.put(
        "foreign",
        standing.foreign() == null
            ? null
            : standing.foreign().all().stream().map(StatusCommand::foreign).toList());
    shown.put(
        "mixed", ledger.map(LedgerStatus::mixed).map(StatusCommand::mixedObject).orElse(null));
    shown.put(
        "holder",
        ledger.map(LedgerStatus::holder).map(LedgerStatus.Holder::workflowId).orElse(null));
    shown.put("waiting", ledger.map(LedgerStatus::waiting).orElse(List.of()));
    shown.putAll(orders.object());
    shown.put("quarantine", ledger.map(LedgerStatus::quarantine).orElse(List.of()));
    shown.put("rollback", standing.rollback());
    ledger.flatMap(RestorePoint::of).ifPresent(point -> shown.put("restore", point));
    shown.put("warning", ledger.flatMap(LedgerRoom::warning).orElse(null));
    shown.putAll(triggers(ledger).object());
    shown.put("scheduledBackup", ledger.map(LedgerStatus::backups).orElse(null));
    return shown;
  }

  private static TriggerView triggers(Optional<LedgerStatus> ledger) {
    return new TriggerView(ledger.map(LedgerStatus::triggered).orElse(TriggerMemory.NONE));
  }

  private static Map<String, Object> foreign(ServiceDeployment deployment) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("service", deployment.service());
    shown.put("revision", deployment.revision());
    shown.put("deployment", deployment.id());
    shown.put("since", deployment.since());
    return shown;
  }

  private static Map<String, Object> mixedObject(Mixed mixed) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("since", mixed.since());
    shown.put("by", mixed.by());
    shown.put("detail", mixed.detail());
    shown.put("lastGood", mixed.lastGood() == null ? null : mixed.lastGood().revision());
    return shown;
  }

  private static String apart(LiveSet live) {
    return live.whole()
        ? ""
        : ", not of one commit: " + String.join(", ", live.apart()) + " left on another";
  }

  private static Map<String, Object> live(LiveSet live) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("revision", live.revision());
    shown.put("since", live.since());
    if (!live.whole()) {
      shown.put("apart", live.apart());
    }
    return shown;
  }
}
