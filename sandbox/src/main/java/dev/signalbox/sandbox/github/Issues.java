package dev.signalbox.sandbox.github;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The issues, pull requests among them, and what happens to both alike. */
final class Issues {

  private final Hub hub;
  private final Pulls pulls;
  private final Labels labels;
  private final IssueShapes shapes;
  private final SearchIndex index;
  private final Map<Long, Issue> plain = new LinkedHashMap<>();

  Issues(Hub hub, Pulls pulls, Labels labels, IssueShapes shapes, SearchIndex index) {
    this.hub = hub;
    this.pulls = pulls;
    this.labels = labels;
    this.shapes = shapes;
    this.index = index;
  }

  /** By number. */
  List<Issue> all() {
    List<Issue> all = new ArrayList<>(plain.values());
    all.addAll(pulls.all());
    all.sort(Comparator.comparing(issue -> issue.number));
    return all;
  }

  Issue get(long number) {
    Issue issue = plain.get(number);
    return issue == null ? pulls.get(number) : issue;
  }

  Issue open(
      String login,
      String title,
      String body,
      Collection<String> wantedLabels,
      Collection<String> assignees) {
    Issue issue = new Issue(hub.nextId(), hub.nextNumber(), login, hub.now());
    issue.title = title;
    issue.body = body;
    issue.labels.addAll(labels.used(wantedLabels));
    issue.assignees.addAll(assignees);
    plain.put(issue.number, issue);
    index.note(issue);
    announce(issue, "opened", login, Map.of());
    return issue;
  }

  void retitle(Issue issue, String title, String body, String login) {
    issue.title = title;
    issue.body = body;
    touch(issue);
    announce(issue, "edited", login, Map.of("changes", Map.of()));
  }

  /**
   * Opens or closes a plain issue.
   *
   * @param reason completed or not_planned; null lets GitHub say completed
   */
  void turn(Issue issue, String state, String reason, String login) {
    if (!state.equals("open") && !state.equals("closed")) {
      throw Refusal.invalid("Issue", "state", "invalid");
    }
    boolean open = state.equals("open");
    if (open == issue.open) {
      return;
    }
    issue.open = open;
    issue.closedAt = open ? null : hub.now();
    issue.stateReason = open ? "reopened" : reason == null ? "completed" : reason;
    touch(issue);
    announce(issue, open ? "reopened" : "closed", login, Map.of());
  }

  /** Gives the issue exactly these labels. */
  void label(Issue issue, Collection<String> wanted, String login) {
    Set<String> after = new LinkedHashSet<>(labels.used(wanted));
    Set<String> before = Set.copyOf(issue.labels);
    issue.labels.clear();
    issue.labels.addAll(after);
    touch(issue);
    for (String name : after) {
      if (!before.contains(name)) {
        announceLabel(issue, "labeled", name, login);
      }
    }
    for (String name : before) {
      if (!after.contains(name)) {
        announceLabel(issue, "unlabeled", name, login);
      }
    }
  }

  /** A label is called otherwise from now on, or by nobody when {@code after} is null. */
  void rename(String before, String after) {
    for (Issue issue : all()) {
      if (issue.labels.remove(before)) {
        if (after != null) {
          issue.labels.add(after);
        }
        index.note(issue);
      }
    }
  }

  void touch(Issue issue) {
    issue.updatedAt = hub.now();
    index.note(issue);
  }

  private void announceLabel(Issue issue, String action, String name, String login) {
    hub.announce(
        event(issue),
        action,
        login,
        place -> {
          Map<String, Object> about = about(place, issue);
          about.put("label", labels.find(name).map(one -> shapes.label(place, one)).orElse(null));
          return about;
        });
  }

  private void announce(Issue issue, String action, String login, Map<String, Object> more) {
    hub.announce(
        event(issue),
        action,
        login,
        place -> {
          Map<String, Object> about = about(place, issue);
          about.putAll(more);
          return about;
        });
  }

  private static String event(Issue issue) {
    return issue.pull().isPresent() ? "pull_request" : "issues";
  }

  private Map<String, Object> about(Place place, Issue issue) {
    return issue
        .pull()
        .map(pull -> pulls.about(place, pull))
        .orElseGet(() -> Json.object("issue", shapes.issue(place, issue)));
  }
}
