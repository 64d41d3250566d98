package dev.signalbox.activities.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.effect.TokenAdvice;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Railway's error texts mean. None of them is documented, and the code {@code
 * INTERNAL_SERVER_ERROR} stands beside refusals and breakdowns alike: the message decides, and what
 * is not in this list says nothing about whether the operation was done.
 */
final class RailwayErrors {
  /**
   * "You are creating environments too quickly. This workspace allows 1 environment per 30 seconds"
   * and "Whoa there pal! Only one environment can be created per user every 30s. Try again in a
   * sec"; the same for volumes and projects. HTTP 200, nothing was created.
   */
  private static final Pattern THROTTLED =
      Pattern.compile("too quickly|every \\d+ ?s\\b|Whoa there pal", Pattern.CASE_INSENSITIVE);

  private static final Duration THROTTLE = Duration.ofSeconds(35);

  /** "Cannot redeploy yet, please wait for the original deployment to finish building". */
  private static final Pattern STILL_BUILDING =
      Pattern.compile("Cannot redeploy yet", Pattern.CASE_INSENSITIVE);

  private static final Duration BUILD = Duration.ofSeconds(30);

  /**
   * "Cannot redeploy: …" and "Cannot rollback to this deployment: …", for an image that is gone.
   * The sandbox's words; Railway's own are not known, so only these beginnings count.
   */
  private static final Pattern CANNOT =
      Pattern.compile("^Cannot (redeploy|roll ?back)\\b", Pattern.CASE_INSENSITIVE);

  /** "Project Token not found": a wrong or revoked one, or a token of another kind. */
  private static final Pattern NO_PROJECT_TOKEN =
      Pattern.compile("^Project Token not found\\.?$", Pattern.CASE_INSENSITIVE);

  /** "Not Authorized": a bad token, or one without the right; in deletes also: gone already. */
  private static final Pattern NOT_AUTHORIZED =
      Pattern.compile("^Not Authorized\\.?$", Pattern.CASE_INSENSITIVE);

  /**
   * "Two Factor Authentication Required" (a workspace's rule), "An environment with that name
   * already exists".
   */
  private static final Pattern REFUSED =
      Pattern.compile(
          "Two Factor Authentication Required|already exists", Pattern.CASE_INSENSITIVE);

  /**
   * "Commit not found" (a SHA that Railway cannot see), "Deployment not found", "ServiceInstance
   * not found", "Environment not found", …
   */
  private static final Pattern NOT_FOUND =
      Pattern.compile("^[A-Z]\\w*( \\w+)? not found\\.?$", Pattern.CASE_INSENSITIVE);

  /** Said before anything runs; the first one is sent for a blank token. */
  private static final Set<String> REFUSING_CODES =
      Set.of("UNAUTHENTICATED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED");

  /**
   * @param delay null unless rate limited
   */
  record Meaning(Kind kind, Duration delay, String next) {
    private Meaning naming(String variable) {
      return new Meaning(kind, delay, next.replace(VARIABLE, variable));
    }
  }

  private record Rule(Pattern text, Meaning meaning) {}

  /** Stands in the rules for the variable that holds the token. */
  private static final String VARIABLE = "{variable}";

  private static final Meaning UNKNOWN =
      new Meaning(Kind.UNKNOWN_OUTCOME, null, "read the state back before trying again");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              THROTTLED,
              new Meaning(Kind.RATE_LIMITED, THROTTLE, "wait " + THROTTLE.toSeconds() + " s")),
          new Rule(
              STILL_BUILDING,
              new Meaning(Kind.RATE_LIMITED, BUILD, "wait until the running build has ended")),
          new Rule(
              CANNOT, new Meaning(Kind.REJECTED, null, "take another deployment, or build again")),
          new Rule(
              NO_PROJECT_TOKEN, new Meaning(Kind.REJECTED, null, TokenAdvice.set(VARIABLE, ""))),
          new Rule(
              NOT_AUTHORIZED,
              new Meaning(
                  Kind.REJECTED, null, TokenAdvice.set(VARIABLE, " with rights on this project"))),
          new Rule(
              REFUSED,
              new Meaning(Kind.REJECTED, null, "check the token: it needs rights on this project")),
          new Rule(
              NOT_FOUND,
              new Meaning(
                  Kind.NOT_FOUND, null, "check that it exists and that the token may see it")));

  private RailwayErrors() {}

  /**
   * @param errors the reply's list, not empty
   * @param data the reply's data: if any of it is there, something ran
   * @param variable the worker's, that holds the token
   */
  static Meaning of(JsonNode errors, JsonNode data, String variable) {
    return of(errors, data).naming(variable);
  }

  private static Meaning of(JsonNode errors, JsonNode data) {
    Meaning first = null;
    for (JsonNode error : errors) {
      Meaning meaning = of(error);
      if (meaning.kind() == Kind.UNKNOWN_OUTCOME) {
        return UNKNOWN;
      }
      first = first == null ? meaning : first;
    }
    return first == null || anything(data) ? UNKNOWN : first;
  }

  private static Meaning of(JsonNode error) {
    String message = error.path("message").asText().strip();
    for (Rule rule : RULES) {
      if (rule.text().matcher(message).find()) {
        return rule.meaning();
      }
    }
    return REFUSING_CODES.contains(error.path("extensions").path("code").asText())
        ? new Meaning(
            Kind.REJECTED, null, TokenAdvice.set(VARIABLE, "; if it is one, report this message"))
        : UNKNOWN;
  }

  private static boolean anything(JsonNode data) {
    for (JsonNode field : data) {
      if (!field.isNull()) {
        return true;
      }
    }
    return false;
  }
}
