package dev.signalbox.sandbox.github;

/** Reviews of pull requests. */
final class ReviewRoutes {

  private static final String ONE = "/pulls/{number}/reviews/{id}";

  private final Pulls pulls;
  private final Reviews reviews;

  ReviewRoutes(Pulls pulls, Reviews reviews) {
    this.pulls = pulls;
    this.reviews = reviews;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/pulls/{number}/reviews", this::list);
    table.inRepository("POST", "/pulls/{number}/reviews", this::create);
    table.inRepository("GET", ONE, this::get);
    table.inRepository("PUT", ONE, this::update);
    table.inRepository("DELETE", ONE, this::delete);
    table.inRepository("POST", ONE + "/events", this::submit);
    table.inRepository("PUT", ONE + "/dismissals", this::dismiss);
  }

  private Pull pull(Request request) {
    Pull pull = pulls.get(request.number("number"));
    request.about(pull.base, pull.number);
    return pull;
  }

  private Reviews.Review find(Request request) {
    return reviews.find(pull(request), request.number("id")).orElseThrow(Refusal::notFound);
  }

  private Reply list(Request request) {
    return Pages.array(
        request, reviews.of(pull(request)), review -> reviews.shape(request, review));
  }

  private Reply create(Request request) {
    Pull pull = pull(request);
    Reviews.Review review =
        reviews.add(
            pull,
            request.login(),
            request.text("event").orElse("PENDING"),
            request.text("body").orElse(""),
            request.text("commit_id").orElse(pull.headSha));
    return done(request, review);
  }

  private Reply get(Request request) {
    return Reply.ok(reviews.shape(request, find(request)));
  }

  private Reply update(Request request) {
    String body = request.required("PullRequestReview", "body");
    return done(request, reviews.edit(pull(request), find(request), body));
  }

  private Reply delete(Request request) {
    Reviews.Review review = find(request);
    reviews.remove(review);
    return done(request, review);
  }

  private Reply submit(Request request) {
    Reviews.Review pending = find(request);
    String event = request.required("PullRequestReview", "event");
    String body = request.text("body").orElse(pending.body());
    return done(request, reviews.submit(pull(request), pending, event, body));
  }

  private Reply dismiss(Request request) {
    request.required("PullRequestReview", "message");
    return done(request, reviews.dismiss(pull(request), find(request), request.login()));
  }

  private Reply done(Request request, Reviews.Review review) {
    return Reply.done(200, reviews.shape(request, review));
  }
}
