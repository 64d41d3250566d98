package dev.signalbox.activities.gate;

import dev.signalbox.activities.gate.FactsActivitiesImpl.Records;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseFacts.Revert;
import dev.signalbox.workflows.github.ReleaseFacts.Since;
import io.temporal.client.WorkflowException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a release contains that is in quarantine in its target. The ledger is asked about the
 * commits that it adds to what runs; of what people ordered GitHub is asked whether it is older
 * than that.
 */
final class QuarantineReading {
  private final GitHubActivities github;
  private final Records records;
  private final FactsQuery query;
  private final List<String> commits;
  private final List<Quarantined> contained = new ArrayList<>();
  private final List<Quarantined> older = new ArrayList<>();
  private final List<Revert> reverts;

  QuarantineReading(
      GitHubActivities github, Records records, FactsQuery query, ReleaseFacts release) {
    this.github = github;
    this.records = records;
    this.query = query;
    this.commits = release.everyCommit();
    this.reverts = new ArrayList<>(release.reverts());
  }

  /**
   * @param ledger what it is called when it does not answer
   * @return how many entries it named
   */
  int askTheLedger(String ledger) {
    List<Quarantined> entries;
    try {
      entries =
          records.quarantined(query.project(), query.pipeline().environment().name(), commits);
    } catch (WorkflowException silent) {
      throw Failures.unanswered(ledger, silent);
    }
    for (Quarantined entry : entries) {
      if (!entry.revision().equals(query.revision())) {
        (commits.contains(entry.revision()) ? contained : older).add(entry);
      }
      if (entry.mended() != null && commits.contains(entry.mended().commit())) {
        takesBack(entry);
      }
    }
    return entries.size();
  }

  /**
   * @return how many older ones the release contains
   */
  int askGitHub() {
    int found = 0;
    for (Quarantined entry : older) {
      Since since =
          github.readSince(
              new AncestryQuery(
                  query.project(),
                  query.pipeline().project().github(),
                  entry.revision(),
                  query.revision()));
      if (since.contained()) {
        found++;
        contained.add(entry);
        since.reverts().stream().filter(one -> !reverts.contains(one)).forEach(reverts::add);
        if (entry.mended() != null && contains(entry.mended().commit())) {
          takesBack(entry);
        }
      }
    }
    return found;
  }

  /** What a person calls its mending counts as a commit that says that it takes it back. */
  private void takesBack(Quarantined entry) {
    Revert mending = new Revert(entry.mended().commit(), entry.revision());
    if (!reverts.contains(mending)) {
      reverts.add(mending);
    }
  }

  private boolean contains(String commit) {
    return commit.equals(query.revision())
        || github
            .readSince(
                new AncestryQuery(
                    query.project(), query.pipeline().project().github(), commit, query.revision()))
            .contained();
  }

  List<Quarantined> contained() {
    return List.copyOf(contained);
  }

  List<Revert> reverts() {
    return List.copyOf(reverts);
  }

  String fingerprint() {
    return contained.isEmpty() ? "" : contained.toString();
  }
}
