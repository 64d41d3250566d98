package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.github.EndOfRun;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.PromotedQuery;
import dev.signalbox.workflows.github.GitHubActivities.ResolvedRevision;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.github.TriggerQuery;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The GitHub that a ledger asks; it answers as told. */
final class LedgerGitHub {
  static final String MERGE_OF_1 = "e".repeat(40);
  final CountDownLatch answers = new CountDownLatch(1);
  volatile String askedSlowly = "";
  volatile String markedSlowly = "";
  final AtomicInteger markings = new AtomicInteger();
  final AtomicInteger resolutions = new AtomicInteger();
  final List<String> said = new CopyOnWriteArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final Map<String, String> heads = new ConcurrentHashMap<>();
  volatile TriggerLook.Pull pull;
  volatile String untouchedSince = "";
  volatile boolean awayOnce;
  volatile boolean comparing = true;

  GitHubActivities activities() {
    return Engine.knowing(
        GitHubActivities.class,
        Map.of(
            "resolveRevision", query -> resolve((RevisionQuery) query),
            "readTrigger", query -> look((TriggerQuery) query),
            "promoted", query -> promoted((PromotedQuery) query),
            "isAncestor", query -> isAncestor((AncestryQuery) query),
            "postStatus", status -> markSlowly((CommitStatus) status),
            "tellEnd", end -> told((EndOfRun) end)));
  }

  private ResolvedRevision resolve(RevisionQuery query) {
    resolutions.incrementAndGet();
    if (query.revision() == null) {
      asked.add(query.branch());
      return new ResolvedRevision(heads.get(query.branch()), "Add a thing");
    }
    if (query.revision().equals(askedSlowly)) {
      awaitAnswers();
    }
    if (query.revision().startsWith("f")) {
      throw ApplicationFailure.newNonRetryableFailure("no such commit", "NotFound");
    }
    return new ResolvedRevision(query.revision(), "Add a thing");
  }

  private TriggerLook look(TriggerQuery query) {
    asked.add(query.ref());
    if (!heads.containsKey(query.ref())) {
      throw ApplicationFailure.newNonRetryableFailure("no such reference", "NotFound");
    }
    return new TriggerLook(
        heads.get(query.ref()),
        pull,
        query.paths().isEmpty() || !query.base().equals(untouchedSince),
        List.of());
  }

  private static ResolvedRevision promoted(PromotedQuery query) {
    return new ResolvedRevision(
        query.commit().equals(MERGE_OF_1) ? revision(1) : query.commit(), null);
  }

  /** The fixtures count upwards: a higher number descends from each lower one. */
  private Boolean isAncestor(AncestryQuery query) {
    if (!comparing) {
      throw ApplicationFailure.newNonRetryableFailure("no common ancestor", "NotFound");
    }
    return query.older().compareTo(query.newer()) < 0;
  }

  private Void told(EndOfRun end) {
    if (awayOnce) {
      awayOnce = false;
      throw ApplicationFailure.newFailure("GitHub answered 503", "Unavailable");
    }
    assertThat(end.branch().name()).isEqualTo("promote/" + end.runId());
    said.add("ended " + end.revision() + (end.live() ? " live" : "") + ": " + end.detail());
    return null;
  }

  private Void markSlowly(CommitStatus status) {
    said.add("pending " + status.sha());
    if (status.sha().equals(markedSlowly)) {
      markings.incrementAndGet();
      awaitAnswers();
    }
    return null;
  }

  private void awaitAnswers() {
    try {
      answers.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }
}
