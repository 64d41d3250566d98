package dev.signalbox.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one git repository of the sandbox, as Railway and the command need it. */
public interface Repository {
  /** OWNER/NAME. */
  String name();

  /** The branch that a clone checks out. */
  String defaultBranch();

  /** Names without {@code refs/heads/}. */
  List<String> branches();

  /** The full SHA of a branch, tag, full ref or SHA; empty when there is no such commit. */
  Optional<String> resolve(String refOrSha);

  /** A file of a commit; empty when the commit has none there. */
  Optional<byte[]> read(String sha, String path);

  /** Writes a directory of a commit, the root for an empty path, with everything below it. */
  void checkOut(String sha, String path, Path into);

  /** Names of the directories at the top of the commit's tree. */
  List<String> topLevelDirectories(String sha);

  /** Paths that differ between the two trees; a null {@code fromSha} gives every path. */
  List<String> changedPaths(String fromSha, String toSha);

  /** Throws {@link IllegalArgumentException} for an unknown SHA. */
  CommitInfo commit(String sha);

  /**
   * Commits these files on top of the branch, leaving all others as they are, and tells the
   * listeners. A branch that does not exist begins at the default branch's head, or with a first
   * commit. Gives the new SHA.
   */
  String push(String branch, Map<String, byte[]> files, String message);

  /** Points the branch at an existing commit, creating it if needed, and tells the listeners. */
  void setBranch(String branch, String sha);

  void onPush(PushListener listener);
}
