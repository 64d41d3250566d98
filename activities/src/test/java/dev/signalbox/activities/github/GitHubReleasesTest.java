package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.Contributor;
import dev.signalbox.workflows.github.Contributor.Part;
import dev.signalbox.workflows.github.FileVersions.FileVersion;
import dev.signalbox.workflows.github.FileVersions.VersionPlace;
import dev.signalbox.workflows.github.FileVersions.VersionsQuery;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.github.MergeProof;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseFacts.Revert;
import dev.signalbox.workflows.github.ReleaseFacts.Since;
import dev.signalbox.workflows.github.ReleaseQuery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resolving a revision, and reading what a release holds. */
class GitHubReleasesTest extends GitHubHouse {
  private static final String COMPARE = "GET /repos/{owner}/{repo}/compare/{basehead}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "notes.txt | version = '(.+)' | 1.4.2 | none",
        "notes.txt | ^(.+)$ | first line | none",
        "notes.txt | release (.+) | none | has nothing that matches release (.+)",
        "notes.txt | (a*)*b\\1 | none | has nothing that matches (a*)*b\\1",
        "backend/NO VERSION | (.+) | none | is not there",
        "backend | (.+) | none | is no file",
      })
  void readsAVersionFromAFileAtACommit(
      String file, String pattern, String version, String problem) {
    String sha = push("staging", "first line\nversion = '1.4.2'\n" + "a".repeat(5_000));

    FileVersion read = version(file, pattern, sha);

    assertThat(read.version()).isEqualTo(version);
    if (problem == null) {
      assertThat(read.problem()).isNull();
    } else {
      assertThat(read.problem()).isEqualTo(file + " of " + sha.substring(0, 7) + " " + problem);
    }
  }

  @Test
  void asksForAVersionOncePerCommit() {
    String sha = push("staging", "1.4.2");

    version("notes.txt", "(.+)", sha);
    version("notes.txt", "(.+)", sha);

    assertThat(calls("GET /repos/{owner}/{repo}/contents/{path}")).isEqualTo(1);
  }

  @Test
  void resolvesABranchAndAPrefixInOneCallEach() {
    String staged = head("staging");

    assertThat(
            github.resolveRevision(new RevisionQuery(PROJECT, repository, "staging", null)).sha())
        .isEqualTo(staged);
    assertThat(
            github
                .resolveRevision(
                    new RevisionQuery(PROJECT, repository, null, staged.substring(0, 8)))
                .sha())
        .isEqualTo(staged);
    assertThat(seen()).hasSize(2);
  }

  @Test
  void knowsWhichOfTwoCommitsIsNewer() {
    String older = head("main");
    sandbox.repository().setBranch("line", older);
    sandbox.repository().setBranch("side", older);
    String newer = push("line", "One more");
    String aside = push("side", "On another line");

    assertThat(isAncestor(older, newer)).isTrue();
    assertThat(isAncestor(newer, older)).isFalse();
    assertThat(isAncestor(newer, newer)).isFalse();
    assertThat(isAncestor(aside, newer)).isFalse();
  }

  @Test
  void saysThatNoCommitHasThePrefix() {
    assertThat(
            typeOf(
                () ->
                    github.resolveRevision(
                        new RevisionQuery(PROJECT, repository, null, "0123456789"))))
        .isIn(FailureType.NOT_FOUND, FailureType.REJECTED);
  }

  @Test
  void readsAReleaseInTwoCallsWhenTheTargetHasNothingOfItsOwn() {
    String base = head("main");
    sandbox.repository().setBranch("clean", base);
    String revision = push("clean", "A clean release (#12)");

    ReleaseFacts facts =
        github.readRelease(
            new ReleaseQuery(PROJECT, repository, revision, base, true, "main", null));

    assertThat(facts.targetHead()).isEqualTo(base);
    assertThat(facts.commits()).extracting(commit -> commit.sha()).containsExactly(revision);
    assertThat(facts.pulls()).extracting(pull -> pull.number()).containsExactly(12);
    assertThat(facts.onlyOnTarget()).isEmpty();
    assertThat(facts.baseIsAncestor()).isTrue();
    assertThat(seen()).hasSize(2);
  }

  @Test
  void readsWhoHasAPartInARelease() {
    String base = head("main");
    sandbox.repository().setBranch("pairs", base);
    String revision =
        push(
            "pairs",
            """
            Work of two

            Co-authored-by: Ana <Ana@Example.com>
            CO-AUTHORED-BY: ben <7+ben-gh@users.noreply.github.com>
            """);

    ReleaseFacts facts =
        github.readRelease(
            new ReleaseQuery(
                PROJECT, repository, revision, base, true, "main", null, null, null, "pairs"));

    String login = facts.contributors().get(0).account();
    assertThat(facts.contributors())
        .extracting(Contributor::part, Contributor::account, Contributor::email)
        .contains(
            tuple(Part.CO_AUTHOR, null, "Ana@Example.com"),
            tuple(Part.CO_AUTHOR, "ben-gh", "7+ben-gh@users.noreply.github.com"),
            tuple(Part.PUSHER, login, null))
        .hasSize(5);
    assertThat(facts.contributors())
        .allSatisfy(contributor -> assertThat(contributor.commit()).isEqualTo(revision));
    assertThat(facts.pushersUnread()).isNull();
  }

  @Test
  void readsWhatAReleaseTakesBackAndWhatWasTakenBackSinceACommit() {
    String base = head("main");
    sandbox.repository().setBranch("mended", base);
    String bad = push("mended", "Lose orders");
    String revert = push("mended", "Revert \"Lose orders\"\n\nThis reverts commit " + bad + ".");
    String revision = push("mended", "More");

    ReleaseFacts facts =
        github.readRelease(
            new ReleaseQuery(PROJECT, repository, revision, base, true, "main", null));

    assertThat(facts.reverts()).containsExactly(new Revert(revert, bad));
    assertThat(facts.everyCommit()).containsExactly(revision, revert, bad);
    assertThat(github.readSince(new AncestryQuery(PROJECT, repository, bad, revision)))
        .isEqualTo(new Since(true, List.of(new Revert(revert, bad))));
    assertThat(github.readSince(new AncestryQuery(PROJECT, repository, revision, bad)).contained())
        .isFalse();
    assertThat(
            github
                .readSince(new AncestryQuery(PROJECT, repository, "f".repeat(40), bad))
                .contained())
        .as("a commit that nobody knows")
        .isFalse();
  }

  @Test
  void readsAReleaseAfterAPromotionInThreeCalls() {
    String before = head("main");
    Offer first = release("rounds");
    MergeProof merged = github.merge(order(first, before));
    String next = push("rounds", "The next release");
    int calls = seen().size();

    ReleaseFacts facts =
        github.readRelease(
            new ReleaseQuery(PROJECT, repository, next, first.sha(), true, "main", null));

    assertThat(facts.targetHead()).isEqualTo(merged.mergeCommit());
    assertThat(facts.onlyOnTarget())
        .anySatisfy(
            commit -> {
              assertThat(commit.sha()).isEqualTo(merged.mergeCommit());
              assertThat(commit.level()).isTrue();
            });
    assertThat(facts.baseIsAncestor()).isTrue();
    assertThat(seen().size() - calls).isEqualTo(3);
  }

  @Test
  void namesTheHeadOfATargetBranchThatHasAnotherHistory() {
    String before = head("main");
    Offer first = release("severed");
    String head = github.merge(order(first, before)).mergeCommit();
    String next = push("severed", "The next release");
    sandbox.faults().add(Faults.Rule.of(COMPARE, Fault.SERVER_ERROR).answering(404).after(1));

    assertThatThrownBy(
            () ->
                github.readRelease(
                    new ReleaseQuery(PROJECT, repository, next, first.sha(), true, "main", null)))
        .hasMessageContaining(head + " is the head of main, and " + repository + " has no history")
        .hasMessageContaining(
            "git merge -s ours --allow-unrelated-histories " + head.substring(0, 7))
        .hasMessageContaining("What only main has is then left out.");
  }

  @Test
  void saysWhichForeignCommitsFollowTheRevision() {
    String base = head("main");
    sandbox.repository().setBranch("own", base);
    sandbox.repository().setBranch("beside", base);
    String older = push("own", "Deployed by hand");
    String revision = push("own", "To be promoted");
    String newer = push("own", "Deployed by hand, too early");
    String beside = push("beside", "On another line");
    String unknown = "f".repeat(40);

    ReleaseFacts facts =
        github.readRelease(
            new ReleaseQuery(
                PROJECT,
                repository,
                revision,
                base,
                true,
                "main",
                null,
                null,
                List.of(older, revision, newer, beside, unknown)));

    assertThat(facts.newer()).containsExactly(newer);
  }

  private FileVersion version(String file, String pattern, String sha) {
    return github
        .readVersions(
            new VersionsQuery(
                PROJECT, repository, List.of(new VersionPlace("backend", file, pattern, sha))))
        .versions()
        .get(0);
  }

  private boolean isAncestor(String older, String newer) {
    return github.isAncestor(new AncestryQuery(PROJECT, repository, older, newer));
  }
}
