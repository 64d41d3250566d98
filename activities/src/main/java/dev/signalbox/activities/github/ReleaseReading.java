package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseFacts.Ahead;
import dev.signalbox.workflows.github.ReleaseFacts.Revert;
import dev.signalbox.workflows.github.ReleaseFacts.Since;
import dev.signalbox.workflows.github.ReleaseFacts.TargetCommit;
import dev.signalbox.workflows.github.ReleaseQuery;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSet.PullReference;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what would ship: the branch's head, one comparison for the release's commits, and one for
 * the target branch's own, which is saved where the first already answers it.
 */
final class ReleaseReading {
  /** GitHub's own text of a merge commit: "Merge pull request #N from owner/branch". */
  private static final Pattern MERGED = Pattern.compile("^Merge pull request #(\\d+) from ");

  /** GitHub's own text of a squashed pull request: "Title (#N)". */
  private static final Pattern SQUASHED = Pattern.compile("^(.*\\S)\\s+\\(#(\\d+)\\)$");

  /** Git's own text in the message of a revert. */
  private static final Pattern REVERTS = Pattern.compile("This reverts commit ([0-9a-f]{7,40})\\b");

  /** Enough to know whose they are. */
  private static final int MOST_AHEAD = 10;

  private final GitHubClient github;
  private final Repository repository;

  ReleaseReading(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  ReleaseFacts read(ReleaseQuery query) {
    String targetHead = github.branchHead(repository, query.targetBranch());
    String live =
        query.base() == null || query.recorded()
            ? query.base()
            : sinceWhatRuns(query, () -> promoted(query.base()));
    String base = live == null ? targetHead : live;
    Supplier<Comparison> comparison = () -> github.compare(repository, base, query.revision());
    Comparison release =
        live == null
            ? sinceTheTarget(query, targetHead, comparison)
            : sinceWhatRuns(query, comparison);
    boolean nothingBeyond = base.equals(targetHead) && release.behindBy() == 0;
    Comparison beyond =
        nothingBeyond
            ? null
            : sinceTheTarget(
                query, targetHead, () -> github.compare(repository, query.revision(), targetHead));
    List<Commit> onTarget =
        nothingBeyond
            ? List.of()
            : github.allCommits(repository, beyond, query.revision(), targetHead);
    List<TargetCommit> own = newestFirst(onTarget).stream().map(this::targetCommit).toList();
    String merged = merged(query, targetHead, onTarget, own);
    List<Commit> all = github.allCommits(repository, release, base, query.revision());
    ContributorReading contributors = new ContributorReading(github, repository);
    if (query.contributorsTo() != null) {
      contributors.read(all, query.contributorsTo());
    }
    return new ReleaseFacts(
        live,
        targetHead,
        newestFirst(release.commits()).stream().map(ReleaseReading::commit).toList(),
        pulls(newestFirst(release.commits())),
        release.totalCommits(),
        own,
        merged,
        head(query),
        live == null || release.containsBase(),
        nothingBeyond ? query.revision().equals(targetHead) : beyond.containsBase(),
        new UnchangedReading(github, repository, query, live, release).of(query.services()),
        query.foreign().stream()
            .filter(commit -> !commit.equals(merged) && !standsFor(commit, query))
            .filter(commit -> follows(query.revision(), commit))
            .toList(),
        contributors.found(),
        contributors.pushersUnread(),
        further(all, release.commits()),
        reverts(all),
        ConfigurationReading.of(release),
        query.aheadOn() == null ? null : ahead(query, targetHead, merged));
  }

  /**
   * Null where the source branch can be moved forward to the target afterwards, or has it already.
   *
   * @param merged null = the release is yet to be merged
   */
  private Ahead ahead(ReleaseQuery query, String targetHead, String merged) {
    String sourceHead = github.branchHead(repository, query.aheadOn());
    if (standsFor(sourceHead, query)
        || sourceHead.equals(targetHead)
        || (merged != null && github.compare(repository, targetHead, sourceHead).containsBase())) {
      return null;
    }
    Comparison beyond = github.compare(repository, query.revision(), sourceHead);
    List<ReleaseSet.Commit> newest =
        newestFirst(
                github.allCommits(repository, beyond, query.revision(), sourceHead).stream()
                    .filter(commit -> !standsFor(commit.sha(), query))
                    .toList())
            .stream()
            .map(ReleaseReading::commit)
            .toList();
    return newest.isEmpty()
        ? null
        : new Ahead(newest.size(), newest.stream().limit(MOST_AHEAD).toList());
  }

  private static List<String> further(List<Commit> all, List<Commit> shown) {
    Set<String> known = shown.stream().map(Commit::sha).collect(Collectors.toSet());
    return all.stream().map(Commit::sha).filter(sha -> !known.contains(sha)).toList();
  }

  /** Whether the newer commit has the older one, and what was taken back between. */
  Since since(String older, String newer) {
    try {
      Comparison between = github.compare(repository, older, newer);
      return between.containsBase()
          ? new Since(true, reverts(github.allCommits(repository, between, older, newer)))
          : new Since(false, null);
    } catch (ApiException refusal) {
      if (refusal.is(Kind.NOT_FOUND)) {
        return new Since(false, null);
      }
      throw refusal;
    }
  }

  private static List<Revert> reverts(List<Commit> commits) {
    return commits.stream()
        .flatMap(
            commit ->
                REVERTS
                    .matcher(commit.message())
                    .results()
                    .map(found -> new Revert(commit.sha(), found.group(1))))
        .toList();
  }

  /** What runs may be of a repository that has been replaced since, or of a history rewritten. */
  private <T> T sinceWhatRuns(ReleaseQuery query, Supplier<T> reading) {
    return joined(
        query,
        query.base(),
        query.recorded() ? "what the ledger recorded as live" : "what Railway runs",
        "",
        reading);
  }

  /** The target branch may be the one that was replaced. */
  private <T> T sinceTheTarget(ReleaseQuery query, String head, Supplier<T> reading) {
    return joined(
        query,
        head,
        "the head of " + query.targetBranch(),
        " What only " + query.targetBranch() + " has is then left out.",
        reading);
  }

  private static <T> T joined(
      ReleaseQuery query, String commit, String role, String remark, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ApiException refusal) {
      if (!refusal.is(Kind.NOT_FOUND)) {
        throw refusal;
      }
      throw ApiException.notFound(
          commit
              + " is "
              + role
              + ", and "
              + query.repository()
              + " has no history of it and of "
              + ShortCommit.of(query.revision())
              + " (404: the repository was replaced, or its history rewritten). Join the two where"
              + " a clone still has it, with `git merge -s ours --allow-unrelated-histories "
              + ShortCommit.of(commit)
              + "`, push that, and promote the commit that it makes."
              + remark);
    }
  }

  private boolean follows(String revision, String foreign) {
    try {
      return github.compare(repository, revision, foreign).containsBase();
    } catch (ApiException refusal) {
      // From another repository: it cannot be newer than a commit of this one.
      if (refusal.is(Kind.NOT_FOUND)) {
        return false;
      }
      throw refusal;
    }
  }

  /**
   * What stands for the revision on the target branch already; null = it has to be merged. The
   * branch must end with the revision's tree and have nothing of substance beyond it: else it is
   * not this revision that its merge commit would stand for.
   */
  private String merged(
      ReleaseQuery query, String targetHead, List<Commit> onTarget, List<TargetCommit> own) {
    String revision = query.revision();
    if (targetHead.equals(revision)) {
      return revision;
    }
    String tree = onTarget.isEmpty() ? null : github.tree(repository, revision);
    boolean standsForIt =
        own.stream().allMatch(TargetCommit::level)
            && onTarget.stream()
                .anyMatch(commit -> commit.sha().equals(targetHead) && same(tree, commit));
    return newestFirst(onTarget).stream()
        .filter(commit -> standsForIt && same(tree, commit))
        .filter(commit -> commit.parentShas().size() == 2)
        .filter(commit -> standsFor(commit.parentShas().get(1), query))
        .map(Commit::sha)
        .findFirst()
        .orElse(null);
  }

  private static boolean standsFor(String commit, ReleaseQuery query) {
    return commit.equals(query.revision()) || query.standIns().contains(commit);
  }

  /** The newest of them: where its branch has moved on since, GitHub refuses the merge. */
  private static String head(ReleaseQuery query) {
    List<String> standIns = query.standIns();
    return standIns.isEmpty() ? query.revision() : standIns.get(standIns.size() - 1);
  }

  private static boolean same(String tree, Commit commit) {
    return commit.tree() != null && commit.tree().equals(tree);
  }

  /**
   * What a merge commit that adds nothing of its own stands for; any other commit is itself. In a
   * chain of environments such a merge has merged another one.
   */
  String promoted(String commit) {
    String promoted = commit;
    List<String> parents = github.parents(repository, promoted);
    while (parents.size() == 2
        && github.tree(repository, promoted).equals(github.tree(repository, parents.get(1)))) {
      promoted = parents.get(1);
      parents = github.parents(repository, promoted);
    }
    return promoted;
  }

  private static List<Commit> newestFirst(List<Commit> oldestFirst) {
    List<Commit> reversed = new ArrayList<>(oldestFirst);
    Collections.reverse(reversed);
    return reversed;
  }

  private static ReleaseSet.Commit commit(Commit commit) {
    return new ReleaseSet.Commit(
        commit.sha(), commit.subject(), commit.authorName(), commit.parentShas());
  }

  private TargetCommit targetCommit(Commit commit) {
    List<String> parents = commit.parentShas();
    boolean level =
        parents.size() == 2
            && commit.tree() != null
            && commit.tree().equals(github.tree(repository, parents.get(1)));
    return new TargetCommit(commit.sha(), commit.subject(), level);
  }

  private static List<PullReference> pulls(List<Commit> commits) {
    Map<Integer, PullReference> pulls = new LinkedHashMap<>();
    for (Commit commit : commits) {
      pull(commit).ifPresent(pull -> pulls.putIfAbsent(pull.number(), pull));
    }
    return List.copyOf(pulls.values());
  }

  private static Optional<PullReference> pull(Commit commit) {
    Matcher merged = MERGED.matcher(commit.subject());
    if (merged.find()) {
      String title =
          commit
              .message()
              .lines()
              .skip(1)
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .findFirst()
              .orElse(commit.subject());
      return number(merged.group(1)).map(number -> new PullReference(number, title));
    }
    Matcher squashed = SQUASHED.matcher(commit.subject());
    return squashed.find()
        ? number(squashed.group(2)).map(number -> new PullReference(number, squashed.group(1)))
        : Optional.empty();
  }

  private static Optional<Integer> number(String digits) {
    return digits.length() < 10 ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
  }
}
