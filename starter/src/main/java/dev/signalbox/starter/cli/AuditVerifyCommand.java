package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.Chain;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerArchive.PagesReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the audit trail is what was written. */
@Command(
    name = "verify",
    description =
        "Goes along every entry of ledger and archive: finds one that was changed, is missing or"
            + " stands in another place.")
final class AuditVerifyCommand extends ClientCommand {
  @Option(
      names = "--env",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "Only of this environment.")
  String environment;

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description =
          "An entry that must be there, by its hash: one that was kept elsewhere. Without it a"
              + " worker reads the one that GitHub's newest deployment of a promotion has. With"
              + " --env.")
  String head;

  AuditVerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    if (environment != null) {
      requireEnvironment(pipelines, environment);
    }
    if (head != null && (environment == null || !head.matches("[0-9a-f]{16}"))) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding --head",
              head,
              environment == null
                  ? "it is an entry of one environment"
                  : "it is no hash of an entry",
              "Say --env production --head and 16 hex digits, as `audit verify` prints them."));
    }
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    List<Map<String, Object>> environments = new ArrayList<>();
    boolean sound = true;
    for (String name : environment == null ? pipelines.environments() : List.of(environment)) {
      Chain chain = chain(new Trail(client, name));
      PagesReading kept =
          head == null
              ? client.keptAtGitHub(name, pipelines.pipeline(name).project().github())
              : new PagesReading(null, null, null, head, null);
      Optional.ofNullable(kept.kept()).ifPresent(chain::expect);
      sound &= chain.findings().isEmpty();
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("environment", name);
      shown.put("entries", chain.entries());
      shown.put("head", chain.head());
      shown.put("kept", kept.kept());
      shown.put("unasked", kept.unasked());
      shown.put("findings", chain.findings());
      environments.add(shown);
      printer()
          .line(
              name
                  + "  "
                  + chain.entries()
                  + " entries, "
                  + (chain.findings().isEmpty()
                      ? "each as it was written"
                      : chain.findings().size() + " findings")
                  + (chain.head() == null ? "" : "; the newest is " + chain.head())
                  + elsewhere(kept));
      chain.findings().forEach(finding -> printer().line("  " + finding));
    }
    printer().object(Map.of("environments", environments));
    return sound ? Exit.DONE : Exit.NOT_SO;
  }

  /** What is safe against entries that are missing at the end. */
  private String elsewhere(PagesReading kept) {
    if (kept.unasked() != null) {
      return "; GitHub, which may keep the hash of one, was not read: " + kept.unasked();
    }
    if (kept.kept() == null) {
      return "; GitHub keeps the hash of none";
    }
    return "; looked for " + kept.kept() + ", as " + (head == null ? "GitHub keeps it" : "you say");
  }

  private static Chain chain(Trail trail) {
    Chain chain = new Chain(trail.lost());
    trail.read(
        null,
        new Trail.Reader() {
          @Override
          public void entries(List<HistoryEntry> entries) {
            entries.forEach(
                entry -> chain.take(entry, entry.whole() == null ? null : trail.text(entry)));
          }

          @Override
          public void gap(String why) {
            chain.gap(why);
          }
        });
    return chain;
  }
}
