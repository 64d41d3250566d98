package dev.signalbox.sandbox.github;

import java.util.List;
import java.util.Map;

/** GitHub says no: a status and the JSON body that goes with it. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String MANUAL = "https://docs.github.com/rest";

  private final int status;
  private final transient Map<String, Object> body;

  private Refusal(int status, Map<String, Object> body) {
    super((String) body.get("message"));
    this.status = status;
    this.body = body;
  }

  static Refusal of(int status, String message) {
    return new Refusal(
        status,
        Json.object(
            "message", message, "documentation_url", MANUAL, "status", Integer.toString(status)));
  }

  /** "About secondary rate limits"; its caller is told in Retry-After for how long. */
  static Refusal secondary() {
    return new Refusal(
        403,
        Json.object(
            "message",
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try"
                + " again. For more on scraping GitHub and how it may affect your rights, please"
                + " review our Terms of Service"
                + " (https://docs.github.com/en/site-policy/github-terms/github-terms-of-service)"
                + " If you reach out to GitHub Support for help, please include the request ID.",
            "documentation_url",
            "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
                + "#about-secondary-rate-limits",
            "status",
            "403"));
  }

  static Refusal notFound() {
    return of(404, "Not Found");
  }

  /** 422 with one entry in {@code errors}. */
  static Refusal invalid(String resource, String field, String code) {
    return invalid(Json.object("resource", resource, "field", field, "code", code));
  }

  /** 422 whose entry carries a sentence of its own. */
  static Refusal custom(String resource, String message) {
    return invalid(Json.object("resource", resource, "code", "custom", "message", message));
  }

  private static Refusal invalid(Map<String, Object> error) {
    return withErrors(422, "Validation Failed", error);
  }

  static Refusal withErrors(int status, String message, Map<String, Object> error) {
    return new Refusal(
        status,
        Json.object(
            "message",
            message,
            "errors",
            List.of(error),
            "documentation_url",
            MANUAL,
            "status",
            Integer.toString(status)));
  }

  int status() {
    return status;
  }

  Map<String, Object> body() {
    return body;
  }
}
