package dev.signalbox.starter.cli;

import dev.signalbox.starter.Described;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.gateway.Commands;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.monitor.IncidentWorkflow;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands of this program for whoever speaks at the gateway, and keeps what they print. */
public final class SpokenCommands implements Commands {
  private final Surroundings gateway;
  private final EngineConnection engine;
  private final PipelineFile pipelines;

  /**
   * @param gateway where the gateway itself was started
   * @param engine over which all of them speak
   */
  public SpokenCommands(Surroundings gateway, EngineConnection engine, PipelineFile pipelines) {
    this.gateway = gateway;
    this.engine = engine;
    this.pipelines = pipelines;
  }

  @Override
  public Said run(Sender sender, List<String> words, boolean json) {
    List<String> arguments = new ArrayList<>(words);
    arguments.add("--no-input");
    if (json) {
      arguments.add("--output=json");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<LeftDecision> left = new ArrayList<>();
    int code =
        SignalboxCli.run(surroundings(sender, out, err, left), arguments.toArray(String[]::new));
    return new Said(
        code,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        left.isEmpty() ? null : left.get(0));
  }

  private Surroundings surroundings(
      Sender sender,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err,
      List<LeftDecision> left) {
    Map<String, String> environment = new HashMap<>(gateway.environment());
    environment.put("SIGNALBOX_USER", sender.person());
    return new Surroundings(
        environment,
        gateway.directory(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new ByteArrayInputStream(new byte[0]),
        false,
        false,
        Instant.now(),
        new Surroundings.Heard(
            sender, engine, (id, decision) -> left.add(new LeftDecision(id, decision))));
  }

  @Override
  public Optional<String> promotionOf(String revision) {
    SignalboxClient client = new SignalboxClient(engine, pipelines.project().name());
    List<String> running =
        pipelines.environments().stream()
            .map(name -> PromotionWorkflow.id(client.project(), name, revision))
            .filter(id -> client.describe(id).filter(Described::running).isPresent())
            .toList();
    return running.stream()
        .filter(id -> AnswerCommand.waiting(client, id).isPresent())
        .findFirst()
        .or(() -> running.stream().findFirst());
  }

  @Override
  public Verdict verdict(LeftDecision decision) {
    SignalboxClient client = new SignalboxClient(engine, pipelines.project().name());
    if (EnvironmentWorkflow.isId(decision.workflowId())) {
      return client
          .answered(decision.workflowId(), decision.decisionId())
          .map(SpokenCommands::verdict)
          .orElse(null);
    }
    if (IncidentWorkflow.isId(decision.workflowId())) {
      return client
          .incidents()
          .answered(decision.workflowId(), decision.decisionId())
          .map(SpokenCommands::verdict)
          .or(() -> ended(client, decision))
          .orElse(null);
    }
    return client.standing(decision.workflowId()).stream()
        .flatMap(status -> status.decisions().stream())
        .filter(one -> decision.decisionId().equals(one.decisionId()))
        .findFirst()
        .map(SpokenCommands::verdict)
        .or(() -> ended(client, decision))
        .orElse(null);
  }

  private static Optional<Verdict> ended(SignalboxClient client, LeftDecision decision) {
    return client
        .describe(decision.workflowId())
        .filter(run -> !run.running())
        .map(ended -> new Verdict(Exit.NOT_SO, "refused: it has ended, nothing is asked any more"));
  }

  private static Verdict verdict(Decision judged) {
    return judged.counted()
        ? new Verdict(Exit.DONE, "counted: " + judged.verdict() + " by " + judged.person())
        : new Verdict(Exit.NOT_SO, "refused: " + judged.remark());
  }

  private static Verdict verdict(OrderAnswer judged) {
    return new Verdict(OrderCommand.exit(judged), OrderCommand.sentence(judged));
  }
}
