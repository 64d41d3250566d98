package dev.signalbox.sandbox.railway;

import java.util.Map;
import java.util.function.Function;

/** Whose token a call carries, and how far it reaches. */
record Caller(Kind kind, String environmentId) {
  enum Kind {
    ACCOUNT,
    PROJECT,
    BLANK,
    WRONG_PROJECT,
    NOBODY
  }

  /**
   * @param header of the call, by name; null when it has none
   * @param project token to environment's id
   */
  static Caller of(Function<String, String> header, String account, Map<String, String> project) {
    String projectToken = header.apply("Project-Access-Token");
    if (projectToken != null) {
      String environment = project.get(projectToken);
      return environment == null
          ? new Caller(Kind.WRONG_PROJECT, null)
          : new Caller(Kind.PROJECT, environment);
    }
    String authorization = header.apply("Authorization");
    if (authorization == null) {
      return new Caller(Kind.NOBODY, null);
    }
    String[] parts = authorization.strip().split("\\s+", 2);
    if (parts.length < 2 || parts[1].isBlank()) {
      return new Caller(Kind.BLANK, null);
    }
    boolean right = parts[0].equalsIgnoreCase("Bearer") && parts[1].equals(account);
    return new Caller(right ? Kind.ACCOUNT : Kind.NOBODY, null);
  }

  boolean known() {
    return kind == Kind.ACCOUNT || kind == Kind.PROJECT;
  }

  boolean sees(State project) {
    return kind == Kind.ACCOUNT
        || (kind == Kind.PROJECT && project.environment(environmentId).isPresent());
  }

  void mayUse(Environment environment) {
    if (!known() || (kind == Kind.PROJECT && !environmentId.equals(environment.id()))) {
      throw refusal();
    }
  }

  RailwayError refusal() {
    return switch (kind) {
      case WRONG_PROJECT -> new RailwayError("Project Token not found");
      case BLANK -> new RailwayError("Not Authorized", "UNAUTHENTICATED");
      default -> RailwayError.notAuthorized();
    };
  }
}
