package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reviews of pull requests, and what they decide. */
final class Reviews {

  /**
   * @param state APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING
   */
  record Review(
      long id, long pull, String login, String state, String body, String commit, Instant at) {

    Review with(String newState, String newBody) {
      return new Review(id, pull, login, newState, newBody, commit, at);
    }
  }

  private static final Map<String, String> STATES =
      Map.of(
          "APPROVE", "APPROVED",
          "REQUEST_CHANGES", "CHANGES_REQUESTED",
          "COMMENT", "COMMENTED");
  private static final Set<String> DECIDING = Set.of("APPROVED", "CHANGES_REQUESTED", "DISMISSED");

  private final Hub hub;
  private final Shapes shapes;
  private final Map<Long, Review> reviews = new LinkedHashMap<>();

  private final Map<String, String> associations = new HashMap<>();

  Reviews(Hub hub, Shapes shapes) {
    this.hub = hub;
    this.shapes = shapes;
  }

  /** Oldest first. */
  List<Review> of(Pull pull) {
    return reviews.values().stream().filter(review -> review.pull() == pull.number).toList();
  }

  Optional<Review> find(Pull pull, long id) {
    return Optional.ofNullable(reviews.get(id)).filter(review -> review.pull() == pull.number);
  }

  /**
   * @param event APPROVE, REQUEST_CHANGES or COMMENT; PENDING keeps it to its author
   */
  Review add(Pull pull, String login, String event, String body, String commit) {
    Review review =
        new Review(
            hub.nextId(), pull.number, login, state(pull, login, event), body, commit, hub.now());
    reviews.put(review.id(), review);
    if (!event.equals("PENDING")) {
      announce(pull, "submitted", review, login);
    }
    return review;
  }

  private static String state(Pull pull, String login, String event) {
    if (!event.equals("PENDING") && !STATES.containsKey(event)) {
      throw Refusal.invalid("PullRequestReview", "event", "invalid");
    }
    if (login.equals(pull.login) && event.equals("APPROVE")) {
      throw Refusal.of(422, "Can not approve your own pull request");
    }
    if (login.equals(pull.login) && event.equals("REQUEST_CHANGES")) {
      throw Refusal.of(422, "Can not request changes on your own pull request");
    }
    return STATES.getOrDefault(event, "PENDING");
  }

  /** Ends a pending one. */
  Review submit(Pull pull, Review pending, String event, String body) {
    if (!pending.state().equals("PENDING")) {
      throw Refusal.of(422, "Could not submit pull request review.");
    }
    Review review = pending.with(state(pull, pending.login(), event), body);
    reviews.put(review.id(), review);
    announce(pull, "submitted", review, review.login());
    return review;
  }

  Review edit(Pull pull, Review before, String body) {
    Review review = before.with(before.state(), body);
    reviews.put(review.id(), review);
    announce(pull, "edited", review, review.login());
    return review;
  }

  Review dismiss(Pull pull, Review before, String login) {
    if (!Set.of("APPROVED", "CHANGES_REQUESTED").contains(before.state())) {
      throw Refusal.of(
          422,
          "Can not dismiss a " + before.state().toLowerCase(Locale.ROOT) + " pull request review");
    }
    Review review = before.with("DISMISSED", before.body());
    reviews.put(review.id(), review);
    announce(pull, "dismissed", review, login);
    return review;
  }

  void remove(Review pending) {
    if (!pending.state().equals("PENDING")) {
      throw Refusal.of(422, "Can not delete a non-pending pull request review");
    }
    reviews.remove(pending.id());
  }

  /** What this person is to the repository; everybody else is a MEMBER. */
  void associate(String login, String association) {
    associations.put(login, association);
  }

  /**
   * How many people approve.
   *
   * @param headOnly only approvals of the present head count
   */
  long approvals(Pull pull, boolean headOnly) {
    return deciding(pull).stream()
        .filter(review -> review.state().equals("APPROVED"))
        .filter(review -> !headOnly || review.commit().equals(pull.headSha))
        .count();
  }

  boolean changesRequested(Pull pull) {
    return deciding(pull).stream().anyMatch(review -> review.state().equals("CHANGES_REQUESTED"));
  }

  /** The last deciding review of each person. */
  private Collection<Review> deciding(Pull pull) {
    Map<String, Review> last = new LinkedHashMap<>();
    of(pull).stream()
        .filter(review -> DECIDING.contains(review.state()))
        .forEach(review -> last.put(review.login(), review));
    return last.values();
  }

  private void announce(Pull pull, String action, Review review, String login) {
    hub.announce(
        "pull_request_review",
        action,
        login,
        place -> {
          Map<String, Object> shape = shape(place, review);
          // In small letters here alone.
          shape.put("state", review.state().toLowerCase(Locale.ROOT));
          return Json.object("review", shape, "pull_request", reference(place, pull));
        });
  }

  private Map<String, Object> reference(Place place, Pull pull) {
    return Json.object(
        "url",
        shapes.url(place, "/pulls/" + pull.number),
        "id",
        pull.id,
        "number",
        pull.number,
        "state",
        pull.state(),
        "title",
        pull.title,
        "user",
        shapes.user(place, pull.login),
        "head",
        Json.object("ref", pull.head, "sha", pull.headSha),
        "base",
        Json.object("ref", pull.base, "sha", pull.baseSha));
  }

  Map<String, Object> shape(Place place, Review review) {
    String page =
        shapes.page(place, "/pull/" + review.pull() + "#pullrequestreview-" + review.id());
    String pull = shapes.url(place, "/pulls/" + review.pull());
    return Json.object(
        "id",
        review.id(),
        "node_id",
        "PRR_" + review.id(),
        "user",
        shapes.user(place, review.login()),
        "body",
        review.body(),
        "state",
        review.state(),
        "html_url",
        page,
        "pull_request_url",
        pull,
        "author_association",
        associations.getOrDefault(review.login(), "MEMBER"),
        "submitted_at",
        review.state().equals("PENDING") ? null : Json.time(review.at()),
        "commit_id",
        review.commit(),
        "_links",
        Json.object("html", Map.of("href", page), "pull_request", Map.of("href", pull)));
  }
}
