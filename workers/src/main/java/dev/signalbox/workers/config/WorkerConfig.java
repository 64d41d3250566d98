package dev.signalbox.workers.config;

import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.workers.policy.NotifyTable;
import dev.signalbox.workers.policy.PipelineFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker needs to know before it starts.
 *
 * @param file where {@code signalbox.toml} lies ({@code SIGNALBOX_CONFIG}, default in the working
 *     directory); read again at the start of every run and under its lease
 * @param pipelines what that file says now
 * @param railwayUrl Railway's GraphQL address ({@code SIGNALBOX_RAILWAY_URL})
 * @param railwayToken {@code RAILWAY_API_TOKEN}, else {@code RAILWAY_TOKEN}; which kind it is, is
 *     found by asking Railway
 * @param githubUrl root of GitHub's REST interface ({@code SIGNALBOX_GITHUB_URL})
 * @param railwayTokens those that single environments name, by the name of their variable
 * @param githubToken {@code GITHUB_TOKEN}
 * @param slack where people are told at Slack; empty = nowhere
 * @param serviceScheme how services are called at the domains that Railway names: {@code https},
 *     the sandbox uses {@code http}; the wrong one makes every health answer an error
 * @param opsPort port of {@code /healthz}, {@code /readyz}, {@code /metrics} on 127.0.0.1; 0 = off
 * @param gatewayKey {@code SIGNALBOX_GATEWAY_KEY}: what doors that know their sender prove
 *     decisions with; absent = no decision is proved, so only trusted doors count
 * @param variables of the process, for what reads its own: AWS's client, programs that are started
 */
public record WorkerConfig(
    Path file,
    PipelineFile pipelines,
    URI railwayUrl,
    Secret railwayToken,
    Map<String, Secret> railwayTokens,
    URI githubUrl,
    Secret githubToken,
    Optional<Slack> slack,
    String serviceScheme,
    int opsPort,
    Optional<Secret> gatewayKey,
    Variables variables) {

  /**
   * A channel at Slack.
   *
   * @param url of the Web API ({@code SIGNALBOX_SLACK_URL})
   * @param variable that the token was read from
   * @param channel its id
   */
  public record Slack(URI url, String variable, Secret token, String channel) {}

  static final String RAILWAY = "https://backboard.railway.com/graphql/v2";
  static final String GITHUB = "https://api.github.com";

  /**
   * Reads everything.
   *
   * @param directory where {@code signalbox.toml} is looked for
   * @throws ConfigurationException with all mistakes of the variables and of the file
   */
  public static WorkerConfig read(Env env, Path directory) {
    Path file = file(env, directory);
    URI railwayUrl = env.address("SIGNALBOX_RAILWAY_URL", RAILWAY);
    URI githubUrl = githubUrl(env);
    Optional<Secret> railwayToken =
        env.secret("RAILWAY_API_TOKEN").or(() -> env.secret("RAILWAY_TOKEN"));
    Optional<Secret> githubToken = env.secret("GITHUB_TOKEN");
    String scheme = env.word("SIGNALBOX_SERVICE_SCHEME", List.of("https", "http"));
    int opsPort = env.port("SIGNALBOX_OPS_PORT");
    Optional<Secret> gatewayKey = env.secret("SIGNALBOX_GATEWAY_KEY");
    requireToken(
        env,
        "RAILWAY_API_TOKEN",
        env.text("RAILWAY_API_TOKEN").or(() -> env.text("RAILWAY_TOKEN")));
    requireToken(env, "GITHUB_TOKEN", env.text("GITHUB_TOKEN"));

    PipelineFile.Reading reading = PipelineFile.load(file);
    env.problems().addAll(reading.problems());
    Map<String, Secret> railwayTokens = namedTokens(env, reading);
    Optional<Slack> slack = slack(env, reading);
    env.problems().throwIfAny();
    return new WorkerConfig(
        file,
        reading.orThrow(),
        railwayUrl,
        railwayToken.orElseThrow(),
        railwayTokens,
        githubUrl,
        githubToken.orElseThrow(),
        slack,
        scheme,
        opsPort,
        gatewayKey,
        env.all());
  }

  private static Map<String, Secret> namedTokens(Env env, PipelineFile.Reading reading) {
    Map<String, Secret> tokens = new LinkedHashMap<>();
    Set<String> names = reading.file() == null ? Set.of() : reading.file().tokens();
    for (String name : names) {
      if (env.text(name).isEmpty()) {
        env.refuse(name, "is not set", "an environment of signalbox.toml has this token");
      }
      env.secret(name).ifPresent(secret -> tokens.put(name, secret));
    }
    return Map.copyOf(tokens);
  }

  /** Slack's Web API. */
  public static URI slackUrl(Env env) {
    return env.address("SIGNALBOX_SLACK_URL", SlackClient.SLACK.toString());
  }

  private static Optional<Slack> slack(Env env, PipelineFile.Reading reading) {
    URI url = slackUrl(env);
    if (reading.file() == null || reading.file().notices().slack().isEmpty()) {
      return Optional.empty();
    }
    NotifyTable.Slack named = reading.file().notices().slack().get();
    if (env.text(named.token()).isEmpty()) {
      env.refuse(named.token(), "is not set", "[notify] slack of signalbox.toml has this token");
    }
    return env.secret(named.token())
        .map(token -> new Slack(url, named.token(), token, named.channel()));
  }

  /** Root of GitHub's REST interface, worker or not. */
  public static URI githubUrl(Env env) {
    return env.address("SIGNALBOX_GITHUB_URL", GITHUB);
  }

  /** Where the pipeline file lies, worker or not. */
  public static Path file(Env env, Path directory) {
    String named = env.text("SIGNALBOX_CONFIG").orElse("signalbox.toml");
    if (named.startsWith("github:")) {
      env.refuse(
          "SIGNALBOX_CONFIG",
          "found '" + named + "'",
          "reading the policy from a branch is not built yet; name a file");
      return directory.resolve("signalbox.toml");
    }
    return directory.resolve(named);
  }

  /** Whether every call that changes something stays on this machine. */
  public boolean onThisMachine() {
    return Addresses.loopback(railwayUrl)
        && Addresses.loopback(githubUrl)
        && slack.map(place -> Addresses.loopback(place.url())).orElse(true);
  }

  /**
   * Where services may be. Where the platform is on this machine, a sandbox, its services are too.
   */
  public Reach reach() {
    Reach reach = Reach.ofTheInternet().and(pipelines.privateNetworks());
    return Addresses.loopback(railwayUrl) ? reach.andThisMachine() : reach;
  }

  private static void requireToken(Env env, String name, Optional<String> value) {
    if (value.isEmpty()) {
      env.refuse(name, "is not set", "the worker needs this token to act in your name");
    }
  }
}
