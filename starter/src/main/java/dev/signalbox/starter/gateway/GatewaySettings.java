package dev.signalbox.starter.gateway;

import dev.signalbox.workers.config.ConfigurationException;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.policy.GatewayTable;
import dev.signalbox.workers.policy.PipelineFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the gateway needs to know before it starts.
 *
 * @param pipelines whose environments are told
 * @param githubSecret {@code SIGNALBOX_GITHUB_WEBHOOK_SECRET}, with which GitHub signs; empty =
 *     that door is off
 */
public record GatewaySettings(PipelineFile pipelines, Optional<SigningSecret> githubSecret) {

  /**
   * @throws ConfigurationException with all mistakes of the variables and of the file, and each
   *     door that is on and has no secret
   */
  public static GatewaySettings read(Env env, Path directory) {
    PipelineFile.Reading reading = PipelineFile.load(WorkerConfig.file(env, directory));
    env.problems().addAll(reading.problems());
    GatewayTable doors = reading.file() == null ? GatewayTable.ABSENT : reading.file().gateway();
    Optional<SigningSecret> github =
        doors.github()
            ? env.neededPhrase(
                    "SIGNALBOX_GITHUB_WEBHOOK_SECRET",
                    "the door for GitHub's webhooks is on and believes nothing unsigned; take the"
                        + " secret of the webhook, or switch the door off ([gateway] github ="
                        + " false)")
                .map(SigningSecret::new)
            : Optional.empty();
    env.problems().throwIfAny();
    return new GatewaySettings(reading.orThrow(), github);
  }
}
