package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.git.Person;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** What all endpoints share: the repository, the time, and numbers that are never given twice. */
final class Hub {

  private static final String FULL_SHA = "[0-9a-f]{40}";

  private final GitRepository repository;
  private final SandboxClock clock;
  private final Hooks hooks;
  private final AtomicLong ids = new AtomicLong(1_000_000);
  private final AtomicLong numbers = new AtomicLong();

  Hub(GitRepository repository, SandboxClock clock, Hooks hooks) {
    this.repository = repository;
    this.clock = clock;
    this.hooks = hooks;
  }

  /**
   * Sends an event to the hooks that listen for it.
   *
   * @param action null for an event that has none
   * @param login whose deed it was
   * @param about the fields of the payload beside action, repository and sender
   */
  void announce(
      String event, String action, String login, Function<Place, Map<String, Object>> about) {
    hooks.announce(event, action, login, about);
  }

  GitRepository repository() {
    return repository;
  }

  Instant now() {
    return clock.now();
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  /** Of a pull request or issue. */
  long nextNumber() {
    return numbers.incrementAndGet();
  }

  Person person(String login) {
    return Person.withLogin(login, now());
  }

  /** The committer of everything that GitHub itself commits. */
  Person webFlow() {
    return new Person("GitHub", "noreply@github.com", now());
  }

  /** A commit by branch, tag or SHA, with GitHub's 404 or 422 when there is none. */
  Commit commit(String ref) {
    return repository
        .resolve(ref)
        .map(repository::commitAt)
        .orElseThrow(
            () ->
                ref.matches(FULL_SHA)
                    ? Refusal.of(422, "No commit found for SHA: " + ref)
                    : Refusal.notFound());
  }

  String branchTip(String branch) {
    return repository.tip(branch).orElseThrow(() -> Refusal.of(404, "Branch not found"));
  }
}
