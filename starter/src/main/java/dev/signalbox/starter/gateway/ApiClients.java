package dev.signalbox.starter.gateway;

import dev.signalbox.activities.http.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may use the HTTP API, told by their bearer tokens. */
final class ApiClients {
  private static final String BEARER = "Bearer ";

  private final List<ApiClient> clients;
  private final StampedSignature identity;

  ApiClients(List<ApiClient> clients, Clock clock) {
    this.clients = List.copyOf(clients);
    this.identity = new StampedSignature("v1", clock);
  }

  /**
   * One other program.
   *
   * @param identity with which it signs who speaks; empty = it speaks for itself alone
   */
  record ApiClient(
      String name, Secret token, Set<String> rights, Optional<SigningSecret> identity) {
    ApiClient {
      rights = Set.copyOf(rights);
    }

    boolean may(String right) {
      return rights.contains(right);
    }
  }

  /**
   * @param authorization the header as it came; null = it did not
   */
  Optional<ApiClient> of(String authorization) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return Optional.empty();
    }
    byte[] given = hash(authorization.substring(BEARER.length()));
    // All of them, whichever it is: the time tells nothing.
    ApiClient found = null;
    for (ApiClient client : clients) {
      if (MessageDigest.isEqual(given, hash(client.token().value()))) {
        found = client;
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * Whether the client itself says who speaks, in these very bytes and now: HMAC-SHA256, in hex, by
   * its identity key over {@code v1:<timestamp>:<body>}.
   *
   * @param timestamp seconds since 1970; five minutes from now at most, either way; null = none
   * @param signature as it came; null = it did not
   */
  boolean signed(ApiClient client, byte[] body, String timestamp, String signature) {
    return client
        .identity()
        .filter(secret -> identity.holds(secret, body, timestamp, signature))
        .isPresent();
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
