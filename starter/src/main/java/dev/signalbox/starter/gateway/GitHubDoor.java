package dev.signalbox.starter.gateway;

import dev.signalbox.workflows.hint.Hint;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GitHub's webhooks: a delivery that GitHub signed becomes a hint to the workflows that it may
 * concern. Answered with 2xx only once the engine has it; else with 503, so that GitHub's list of
 * deliveries shows what must be sent again.
 */
final class GitHubDoor implements GatewayDoor {
  static final String PATH = "/webhooks/github";

  private static final String NAME = "github";
  private static final String ID = "[A-Za-z0-9-]{1,100}";
  private static final String EVENT = "[a-z0-9_]{1,60}";

  private static final Logger log = LoggerFactory.getLogger(GitHubDoor.class);

  private final GitHubSignature signature;
  private final String repository;
  private final GitHubRoutes routes;
  private final Courier courier;
  private final Optional<CommentDesk> comments;
  private final Answers answers;

  GitHubDoor(
      GitHubSignature signature,
      String repository,
      GitHubRoutes routes,
      Courier courier,
      Optional<CommentDesk> comments,
      Tally tally) {
    this.signature = signature;
    this.repository = repository;
    this.routes = routes;
    this.courier = courier;
    this.comments = comments;
    this.answers = new Answers(NAME, tally);
  }

  @Override
  public void open(RoutesConfig config) {
    config.post(PATH, this::delivered);
  }

  private void delivered(Context context) {
    byte[] body = context.bodyAsBytes();
    if (!signature.holds(body, context.header(GitHubSignature.HEADER))) {
      answers.refuse(context, 401, "the signature is missing or wrong");
      return;
    }
    String event = context.header("X-GitHub-Event");
    String delivery = context.header("X-GitHub-Delivery");
    if (event == null || !event.matches(EVENT) || delivery == null || !delivery.matches(ID)) {
      answers.refuse(context, 400, "X-GitHub-Event or X-GitHub-Delivery is missing or malformed");
      return;
    }
    if (!json(context.contentType())) {
      answers.refuse(context, 415, "want application/json: set the webhook's content type");
      return;
    }
    try {
      take(context, event, delivery, GitHubPayload.read(body));
    } catch (IOException malformed) {
      answers.refuse(context, 400, "the body is no JSON object");
    }
  }

  private void take(Context context, String event, String delivery, GitHubPayload payload) {
    if (event.equals("issue_comment") && ours(event, payload) && comments.isPresent()) {
      said(context, comments.get().take(payload));
      return;
    }
    List<String> addressees = ours(event, payload) ? routes.of(event, payload) : List.<String>of();
    Hint hint = new Hint(NAME, delivery, event, GitHubRoutes.ref(event, payload));
    OptionalInt preview =
        ours(event, payload) ? routes.begins(event, payload) : OptionalInt.empty();
    boolean begun = preview.isEmpty() || courier.begin(hint, routes.project(), preview.getAsInt());
    if (!courier.carry(hint, addressees) || !begun) {
      answers.unavailable(context, "the engine did not take it; send it again later");
      return;
    }
    boolean ignored = addressees.isEmpty() && preview.isEmpty();
    log.debug("delivery event={} delivery={} to={}", event, delivery, addressees);
    accept(context, ignored ? Outcome.IGNORED : Outcome.TAKEN);
  }

  private void said(Context context, Outcome outcome) {
    if (outcome == Outcome.UNAVAILABLE) {
      answers.unavailable(context, "not taken; send it again later");
    } else {
      accept(context, outcome);
    }
  }

  private void accept(Context context, Outcome outcome) {
    boolean ignored = outcome == Outcome.IGNORED;
    answers.answer(context, outcome, 202, ignored ? "nothing to do" : "taken");
  }

  private boolean ours(String event, GitHubPayload payload) {
    return GitHubRoutes.EVENTS.contains(event)
        && payload.repositoryName().equalsIgnoreCase(repository);
  }

  private static boolean json(String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?");
  }
}
