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
 * @param key {@code SIGNALBOX_GATEWAY_KEY}, with which decisions are proved; empty = no door is on
 *     at which people decide
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
  private static final String GITHUB_SECRET = "SIGNALBOX_GITHUB_WEBHOOK_SECRET";
  private static final String SLACK_SECRET = "SIGNALBOX_SLACK_SIGNING_SECRET";
  private static final String KEY = "SIGNALBOX_GATEWAY_KEY";

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
                    GITHUB_SECRET,
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
    boolean slackIsOn = slackIsOn(env, doors, notices);
    Optional<Slack> slack = slackIsOn ? slack(env, notices) : Optional.empty();
    Optional<Secret> key = key(env, doors, slackIsOn);
    checkSecrets(env, doors);
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

  /** Where people decide it must be there: without it no decision and no order would count. */
  private static Optional<Secret> key(Env env, GatewayTable doors, boolean slackIsOn) {
    boolean peopleDecide =
        slackIsOn
            || (doors.github() && doors.comments())
            || doors.api().stream().anyMatch(client -> client.identity().isPresent());
    return peopleDecide
        ? env.neededSecret(
            KEY,
            "what people decide in comments, in Slack and through the HTTP API is proved by it; set"
                + " it here and at the worker (`openssl rand -hex 32`), or switch those doors off"
                + " ([gateway] comments = false, slack = false, no identity in [gateway.api.NAME])")
        : env.secret(KEY);
  }

  private static void checkSecrets(Env env, GatewayTable doors) {
    GatewaySecrets secrets = new GatewaySecrets(env);
    secrets.check(KEY, "proofs");
    if (doors.github()) {
      secrets.check(GITHUB_SECRET, "GitHub's webhooks");
    }
    doors.railway().ifPresent(name -> secrets.check(name, "Railway's path"));
    for (GatewayTable.ApiClient client : doors.api()) {
      String table = "[gateway.api." + client.name() + "]";
      secrets.check(client.token(), table);
      client.identity().ifPresent(name -> secrets.check(name, table + " identity"));
    }
  }

  /** Buttons that nobody hears are worse than none: who posts cards has this door, or says no. */
  private static boolean slackIsOn(Env env, GatewayTable doors, NotifyTable notices) {
    return doors.slack().orElse(notices.slack().isPresent() || env.text(SLACK_SECRET).isPresent());
  }

  private static Optional<Slack> slack(Env env, NotifyTable notices) {
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
