package dev.signalbox.starter.gateway;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.gateway.ApiClients.ApiClient;
import dev.signalbox.workers.config.ConfigurationException;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.policy.GatewayTable;
import dev.signalbox.workers.policy.NotifyTable;
import dev.signalbox.workers.policy.PipelineFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the gateway needs to know before it starts.
 *
 * @param pipelines whose environments are told
 * @param githubSecret {@code SIGNALBOX_GITHUB_WEBHOOK_SECRET}, with which GitHub signs; empty =
 *     that door is off
 * @param githubUrl root of GitHub's REST interface
 * @param githubToken {@code GITHUB_TOKEN}, by which comments are answered and missed deliveries
 *     found; empty = neither
 * @param comments whether commands in comments are carried out
 * @param key {@code SIGNALBOX_GATEWAY_KEY}, with which decisions are proved; empty = they count
 *     only where {@code trust} lists their door
 * @param railwayPath the secret part of the path that Railway calls; empty = that door is off
 * @param api who may use the HTTP API
 * @param slack what that door needs; empty = it is off
 */
public record GatewaySettings(
    PipelineFile pipelines,
    Optional<SigningSecret> githubSecret,
    URI githubUrl,
    Optional<Secret> githubToken,
    boolean comments,
    Optional<Secret> key,
    Optional<Secret> railwayPath,
    List<ApiClient> api,
    Optional<Slack> slack) {
  private static final String SLACK_SECRET = "SIGNALBOX_SLACK_SIGNING_SECRET";

  /**
   * What the door for Slack needs.
   *
   * @param secret {@code SIGNALBOX_SLACK_SIGNING_SECRET}, with which Slack signs
   * @param url of the Web API
   * @param variable that the token was read from
   * @param token opens dialogs, and says which workspace is ours
   */
  public record Slack(SigningSecret secret, URI url, String variable, Secret token) {}

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
    URI githubUrl = WorkerConfig.githubUrl(env);
    Optional<Secret> token =
        doors.github() && doors.comments()
            ? env.neededSecret(
                "GITHUB_TOKEN",
                "commands in comments are on and are answered by it; set it, or switch them off"
                    + " ([gateway] comments = false)")
            : doors.github() ? env.secret("GITHUB_TOKEN") : Optional.empty();
    Optional<Secret> key = env.secret("SIGNALBOX_GATEWAY_KEY");
    Optional<Secret> railway =
        doors
            .railway()
            .flatMap(
                name ->
                    env.neededSecret(
                        name,
                        "[gateway] railway takes the secret part of its path from it; set it, or"
                            + " take the key out"));
    List<ApiClient> api =
        doors.api().stream().flatMap(client -> client(env, client).stream()).toList();
    NotifyTable notices = reading.file() == null ? NotifyTable.ABSENT : reading.file().notices();
    Optional<Slack> slack = slack(env, doors, notices);
    env.problems().throwIfAny();
    return new GatewaySettings(
        reading.orThrow(), github, githubUrl, token, doors.comments(), key, railway, api, slack);
  }

  private static Optional<ApiClient> client(Env env, GatewayTable.ApiClient named) {
    String why = "[gateway.api." + named.name() + "] has it; set it, or take the table out";
    Optional<Secret> token = env.neededSecret(named.token(), why);
    Optional<SigningSecret> identity =
        named.identity().flatMap(name -> env.neededPhrase(name, why)).map(SigningSecret::new);
    return token.map(
        secret -> new ApiClient(named.name(), secret, Set.copyOf(named.rights()), identity));
  }

  /** Buttons that nobody hears are worse than none: who posts cards has this door, or says no. */
  private static Optional<Slack> slack(Env env, GatewayTable doors, NotifyTable notices) {
    boolean setUp = notices.slack().isPresent() || env.text(SLACK_SECRET).isPresent();
    if (!doors.slack().orElse(setUp)) {
      return Optional.empty();
    }
    String variable = notices.slack().map(NotifyTable.Slack::token).orElse("SLACK_BOT_TOKEN");
    Optional<SigningSecret> secret =
        env.neededPhrase(
                SLACK_SECRET,
                "the door for Slack is on and believes nothing unsigned; take the app's signing"
                    + " secret, or switch the door off ([gateway] slack = false)")
            .map(SigningSecret::new);
    Optional<Secret> token =
        env.neededSecret(
            variable,
            "the door for Slack opens its dialogs with it; set it, or switch the door off"
                + " ([gateway] slack = false)");
    URI url = WorkerConfig.slackUrl(env);
    return secret.isEmpty() || token.isEmpty()
        ? Optional.empty()
        : Optional.of(new Slack(secret.get(), url, variable, token.get()));
  }
}
