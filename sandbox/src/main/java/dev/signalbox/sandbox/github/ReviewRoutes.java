package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reviews of pull requests. */
final class ReviewRoutes {

  private record Review(
      long id, long pull, String login, String state, String body, String commit, Instant at) {}

  private static final Map<String, String> STATES =
      Map.of(
          "APPROVE", "APPROVED",
          "REQUEST_CHANGES", "CHANGES_REQUESTED",
          "COMMENT", "COMMENTED");

  private final Hub hub;
  private final Shapes shapes;
  private final Pulls pulls;
  private final List<Review> reviews = new ArrayList<>();

  ReviewRoutes(Hub hub, Shapes shapes, Pulls pulls) {
    this.hub = hub;
    this.shapes = shapes;
    this.pulls = pulls;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/pulls/{number}/reviews", this::list);
    table.inRepository("POST", "/pulls/{number}/reviews", this::create);
  }

  private Reply list(Request request) {
    Pull pull = pulls.get(request.number("number"));
    request.about(pull.base, pull.number);
    List<Review> found = reviews.stream().filter(review -> review.pull() == pull.number).toList();
    return Pages.array(request, found, review -> shape(request, review));
  }

  private Reply create(Request request) {
    Pull pull = pulls.get(request.number("number"));
    request.about(pull.base, pull.number);
    String event = request.text("event").orElse("PENDING");
    Review review =
        add(
            pull,
            request.login(),
            event,
            request.text("body").orElse(""),
            request.text("commit_id").orElse(pull.headSha));
    return Reply.done(200, shape(request, review));
  }

  /** Writes a review of the pull request's head as somebody who has no token. */
  void add(long number, String login, String event) {
    Pull pull = pulls.get(number);
    add(pull, login, event, "", pull.headSha);
  }

  private Review add(Pull pull, String login, String event, String body, String commit) {
    if (!event.equals("PENDING") && !STATES.containsKey(event)) {
      throw Refusal.invalid("PullRequestReview", "event", "invalid");
    }
    if (login.equals(pull.login) && event.equals("APPROVE")) {
      throw Refusal.of(422, "Can not approve your own pull request");
    }
    if (login.equals(pull.login) && event.equals("REQUEST_CHANGES")) {
      throw Refusal.of(422, "Can not request changes on your own pull request");
    }
    Review review =
        new Review(
            hub.nextId(),
            pull.number,
            login,
            STATES.getOrDefault(event, "PENDING"),
            body,
            commit,
            hub.now());
    reviews.add(review);
    return review;
  }

  private Map<String, Object> shape(Request request, Review review) {
    return Json.object(
        "id",
        review.id(),
        "node_id",
        "PRR_" + review.id(),
        "user",
        shapes.user(request, review.login()),
        "body",
        review.body(),
        "state",
        review.state(),
        "html_url",
        shapes.page(request, "/pull/" + review.pull() + "#pullrequestreview-" + review.id()),
        "pull_request_url",
        shapes.url(request, "/pulls/" + review.pull()),
        "author_association",
        "MEMBER",
        "submitted_at",
        review.state().equals("PENDING") ? null : Json.time(review.at()),
        "commit_id",
        review.commit());
  }
}
