package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Commit;
import dev.signalbox.activities.github.GitHubAnswers.Sha;
import dev.signalbox.activities.github.GitHubClient.Repository;
import java.util.List;

/**
 * Git's own objects at GitHub: branches, tags and commits, made and moved one by one. Nothing here
 * repeats a call.
 *
 * @see <a href="https://docs.github.com/rest/git?apiVersion=2022-11-28">Git database</a>
 */
final class GitDatabase {
  private final GitHubHttp http;
  private final GitHubApi api;

  GitDatabase(GitHubHttp http) {
    this.http = http;
    this.api = http.api();
  }

  /** Moves a branch forward to a commit that contains all of it; never by force. */
  void moveBranch(Repository in, String branch, String sha) {
    http.call(
        "fast-forward " + branch + " to " + sha,
        api.moveBranch(in.owner(), in.name(), branch, new GitHubApi.RefMove(sha, false)));
  }

  void createBranch(Repository in, String branch, String sha) {
    http.call(
        "make branch " + branch + " at " + sha,
        api.createRef(in.owner(), in.name(), new GitHubApi.NewRef("refs/heads/" + branch, sha)));
  }

  void deleteBranch(Repository in, String branch) {
    http.emptied("remove branch " + branch, api.deleteBranch(in.owner(), in.name(), branch));
  }

  void createTag(Repository in, String tag, String sha) {
    http.call(
        "make tag " + tag + " on " + sha,
        api.createRef(in.owner(), in.name(), new GitHubApi.NewRef("refs/tags/" + tag, sha)));
  }

  /** The commit that a lightweight tag names. */
  String taggedCommit(Repository in, String tag) {
    Sha object = http.call("read tag " + tag, api.tag(in.owner(), in.name(), tag)).object();
    return object.sha();
  }

  /** Moves a branch of ours to a commit, whatever it has. */
  void resetBranch(Repository in, String branch, String sha) {
    http.call(
        "put " + branch + " back to " + sha,
        api.moveBranch(in.owner(), in.name(), branch, new GitHubApi.RefMove(sha, true)));
  }

  /** Makes a commit that no branch has yet. */
  String createCommit(Repository in, String message, String tree, List<String> parents) {
    return http.call(
            "make a commit on " + parents,
            api.createCommit(
                in.owner(), in.name(), new GitHubApi.NewCommit(message, tree, parents)))
        .sha();
  }

  /**
   * Merges a commit into a branch.
   *
   * @return the merge commit; of a branch that has it already there is none, and it is a failure
   */
  Commit mergeInto(Repository in, String branch, String sha, String message) {
    return http.call(
        "merge " + sha + " into " + branch,
        api.mergeInto(in.owner(), in.name(), new GitHubApi.BranchMerge(branch, sha, message)));
  }
}
