package dev.signalbox.sandbox.git;

import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** The names of a repository: its branches and tags, and which branch its HEAD means. */
final class Refs {
  private final Repository jgit;
  private final History history;
  private final Changes changes;

  /**
   * @param changes hears of every change made here
   */
  Refs(Repository jgit, History history, Changes changes) {
    this.jgit = jgit;
    this.history = history;
    this.changes = changes;
  }

  /** A ref changed; {@code null} for absent. */
  interface Changes {
    void note(String ref, String before, String after);
  }

  String defaultBranch() throws IOException {
    Ref head = jgit.exactRef(Constants.HEAD);
    return head != null && head.isSymbolic()
        ? Repository.shortenRefName(head.getTarget().getName())
        : "";
  }

  /** Of a clone: its original may have stood on no branch. */
  void pointHeadAtABranch() throws IOException {
    NavigableMap<String, String> tips = below(Constants.R_HEADS);
    if (tips.isEmpty() || tips.containsKey(defaultBranch())) {
      return;
    }
    String branch =
        Stream.of("main", "master").filter(tips::containsKey).findFirst().orElseGet(tips::firstKey);
    jgit.updateRef(Constants.HEAD, true).link(Constants.R_HEADS + branch);
  }

  NavigableMap<String, String> below(String prefix) throws IOException {
    NavigableMap<String, String> found = new TreeMap<>();
    for (Ref ref : jgit.getRefDatabase().getRefsByPrefix(prefix)) {
      found.put(ref.getName().substring(prefix.length()), ref.getObjectId().name());
    }
    return found;
  }

  /** What a ref points to, without a look at any other. */
  Optional<String> object(String ref) throws IOException {
    Ref found = Repository.isValidRefName(ref) ? jgit.exactRef(ref) : null;
    return found == null || found.getObjectId() == null
        ? Optional.empty()
        : Optional.of(found.getObjectId().name());
  }

  boolean exists(String ref) throws IOException {
    return jgit.exactRef(ref) != null;
  }

  RefResult move(String ref, String object, boolean force) throws IOException {
    if (!Repository.isValidRefName(ref)) {
      return RefResult.INVALID_NAME;
    }
    if (!ObjectId.isId(object)
        || !jgit.getObjectDatabase().has(ObjectId.fromString(object))
        || (ref.startsWith(Constants.R_HEADS) && history.resolve(object).isEmpty())) {
      return RefResult.NO_SUCH_OBJECT;
    }
    Ref present = jgit.exactRef(ref);
    String before = present == null ? null : present.getObjectId().name();
    if (object.equals(before)) {
      return RefResult.UNCHANGED;
    }
    if (before != null && !force && !history.contains(object, before)) {
      return RefResult.NOT_FAST_FORWARD;
    }
    RefUpdate update = jgit.updateRef(ref);
    update.setNewObjectId(ObjectId.fromString(object));
    update.setForceUpdate(true);
    // Also for a ref that is new; JGit refuses it when its name lies inside another ref's.
    RefUpdate.Result result = update.update();
    if (result == RefUpdate.Result.LOCK_FAILURE) {
      return RefResult.INVALID_NAME;
    }
    changes.note(ref, before, object);
    return RefResult.DONE;
  }

  RefResult delete(String ref) throws IOException {
    Ref present = jgit.exactRef(ref);
    if (present == null) {
      return RefResult.NO_SUCH_REF;
    }
    RefUpdate update = jgit.updateRef(ref);
    update.setForceUpdate(true);
    update.delete();
    changes.note(ref, present.getObjectId().name(), null);
    return RefResult.DONE;
  }
}
