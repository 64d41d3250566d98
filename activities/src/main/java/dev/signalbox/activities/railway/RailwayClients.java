package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Secret;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One client for each token: the worker's own, and those that environments in other Railway
 * projects name. Each finds out by itself which kind of token it has.
 */
public final class RailwayClients {
  private final RailwayClient own;
  private final Function<String, RailwayClient> named;
  private final Map<String, RailwayClient> known = new ConcurrentHashMap<>();

  private RailwayClients(RailwayClient own, Function<String, RailwayClient> named) {
    this.own = own;
    this.named = named;
  }

  /** A worker all of whose environments are reached by one token. */
  public static RailwayClients only(RailwayClient own) {
    return of(own, name -> Optional.empty(), (secret, name) -> own);
  }

  /**
   * @param tokens the worker's variables that may hold tokens; empty = not set
   */
  public static RailwayClients of(
      URI endpoint, Secret own, Function<String, Optional<Secret>> tokens, Clock clock) {
    return of(
        new RailwayClient(endpoint, own, clock),
        tokens,
        (secret, name) -> new RailwayClient(endpoint, secret, name, clock));
  }

  private static RailwayClients of(
      RailwayClient own,
      Function<String, Optional<Secret>> tokens,
      BiFunction<Secret, String, RailwayClient> client) {
    return new RailwayClients(
        own,
        name ->
            client.apply(
                tokens
                    .apply(name)
                    .orElseThrow(
                        () ->
                            ApiException.rejected(
                                "Railway: signalbox.toml names the token env:"
                                    + name
                                    + ", and this worker has no variable "
                                    + name
                                    + "; set it and start the worker again")),
                name));
  }

  /**
   * The client that acts by this token.
   *
   * @param token name of the variable that holds it; null = the worker's own
   */
  RailwayClient by(String token) {
    return token == null ? own : known.computeIfAbsent(token, named);
  }
}
