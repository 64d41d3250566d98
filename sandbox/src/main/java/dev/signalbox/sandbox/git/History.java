package dev.signalbox.sandbox.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/** Reads commits, trees and differences. Changes nothing. */
final class History {

  private final Repository repository;

  History(Repository repository) {
    this.repository = repository;
  }

  /** A full or abbreviated SHA, a branch, a tag (peeled to its commit), or a ref's path. */
  Optional<String> resolve(String name) throws IOException {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (ObjectId.isId(name)) {
      return existingCommit(ObjectId.fromString(name));
    }
    for (String prefix : List.of(Constants.R_HEADS, Constants.R_TAGS, "", Constants.R_REFS)) {
      if (Repository.isValidRefName(prefix + name) || name.equals(Constants.HEAD)) {
        Ref ref = repository.exactRef(prefix + name);
        if (ref != null && ref.getObjectId() != null) {
          return existingCommit(ref.getObjectId());
        }
      }
    }
    if (name.length() < 7 || !AbbreviatedObjectId.isId(name)) {
      return Optional.empty();
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      List<ObjectId> found = List.copyOf(reader.resolve(AbbreviatedObjectId.fromString(name)));
      return found.size() == 1 ? existingCommit(found.get(0)) : Optional.empty();
    }
  }

  private Optional<String> existingCommit(ObjectId id) throws IOException {
    if (!repository.getObjectDatabase().has(id)) {
      return Optional.empty();
    }
    try (RevWalk walk = new RevWalk(repository)) {
      RevObject peeled = walk.peel(walk.parseAny(id));
      return peeled instanceof RevCommit ? Optional.of(peeled.name()) : Optional.empty();
    }
  }

  Commit commit(String sha) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return Commit.of(walk.parseCommit(ObjectId.fromString(sha)));
    }
  }

  /** Newest first. */
  List<Commit> log(String sha) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.sort(RevSort.TOPO);
      walk.sort(RevSort.COMMIT_TIME_DESC, true);
      walk.markStart(walk.parseCommit(ObjectId.fromString(sha)));
      List<Commit> commits = new ArrayList<>();
      for (RevCommit commit : walk) {
        commits.add(Commit.of(commit));
      }
      return commits;
    }
  }

  boolean contains(String tip, String sha) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.isMergedInto(
          walk.parseCommit(ObjectId.fromString(sha)), walk.parseCommit(ObjectId.fromString(tip)));
    }
  }

  Comparison compare(String base, String head) throws IOException {
    return new Comparison(
        commit(base), commit(head), mergeBase(base, head), between(base, head), behind(base, head));
  }

  private Optional<Commit> mergeBase(String base, String head) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(ObjectId.fromString(base)));
      walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
      RevCommit found = walk.next();
      return found == null ? Optional.empty() : Optional.of(commit(found.name()));
    }
  }

  private List<Commit> between(String base, String head) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.sort(RevSort.TOPO);
      walk.sort(RevSort.COMMIT_TIME_DESC, true);
      walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
      walk.markUninteresting(walk.parseCommit(ObjectId.fromString(base)));
      List<Commit> commits = new ArrayList<>();
      for (RevCommit commit : walk) {
        commits.add(Commit.of(commit));
      }
      Collections.reverse(commits);
      return commits;
    }
  }

  private int behind(String base, String head) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return RevWalkUtils.count(
          walk,
          walk.parseCommit(ObjectId.fromString(base)),
          walk.parseCommit(ObjectId.fromString(head)));
    }
  }

  /** The whole entry at {@code path}; empty when there is none. An empty path is the root. */
  Optional<TreeEntry> entry(String sha, String path) throws IOException {
    if (path.isEmpty()) {
      return Optional.of(new TreeEntry("", "dir", commit(sha).tree(), 0));
    }
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = TreeWalk.forPath(reader, path, ObjectId.fromString(commit(sha).tree()))) {
      return walk == null ? Optional.empty() : Optional.of(entry(reader, walk, path));
    }
  }

  /** What lies directly in a directory, by name. */
  List<TreeEntry> list(String sha, String path) throws IOException {
    Optional<TreeEntry> directory = entry(sha, path).filter(entry -> entry.type().equals("dir"));
    if (directory.isEmpty()) {
      return List.of();
    }
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(ObjectId.fromString(directory.get().sha()));
      List<TreeEntry> entries = new ArrayList<>();
      while (walk.next()) {
        String name = walk.getNameString();
        entries.add(entry(reader, walk, path.isEmpty() ? name : path + "/" + name));
      }
      return entries;
    }
  }

  private static TreeEntry entry(ObjectReader reader, TreeWalk walk, String path)
      throws IOException {
    ObjectId id = walk.getObjectId(0);
    return walk.isSubtree()
        ? new TreeEntry(path, "dir", id.name(), 0)
        : new TreeEntry(path, "file", id.name(), reader.getObjectSize(id, Constants.OBJ_BLOB));
  }

  byte[] blob(String sha) throws IOException {
    ObjectLoader loader = repository.open(ObjectId.fromString(sha), Constants.OBJ_BLOB);
    return loader.getBytes();
  }

  List<FileChange> changes(String from, String to) throws IOException {
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(patch)) {
      formatter.setRepository(repository);
      formatter.setDetectRenames(true);
      List<FileChange> changes = new ArrayList<>();
      for (DiffEntry entry : formatter.scan(ObjectId.fromString(from), ObjectId.fromString(to))) {
        changes.add(change(formatter, entry, patch));
      }
      return changes;
    }
  }

  String diff(String from, String to) throws IOException {
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(patch)) {
      formatter.setRepository(repository);
      formatter.format(ObjectId.fromString(from), ObjectId.fromString(to));
      formatter.flush();
      return patch.toString(StandardCharsets.UTF_8);
    }
  }

  private static FileChange change(
      DiffFormatter formatter, DiffEntry entry, ByteArrayOutputStream patch) throws IOException {
    FileHeader header = formatter.toFileHeader(entry);
    EditList edits = header.toEditList();
    patch.reset();
    formatter.format(entry);
    String text = patch.toString(StandardCharsets.UTF_8);
    int hunks = text.startsWith("@@") ? 0 : text.indexOf("\n@@") + 1;
    boolean removed = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
    return new FileChange(
        removed ? entry.getOldPath() : entry.getNewPath(),
        (removed ? entry.getOldId() : entry.getNewId()).name(),
        word(entry.getChangeType()),
        edits.stream().mapToInt(Edit::getLengthB).sum(),
        edits.stream().mapToInt(Edit::getLengthA).sum(),
        entry.getChangeType() == DiffEntry.ChangeType.RENAME
            ? Optional.of(entry.getOldPath())
            : Optional.empty(),
        edits.isEmpty() ? "" : text.substring(hunks).stripTrailing());
  }

  private static String word(DiffEntry.ChangeType type) {
    return switch (type) {
      case ADD -> "added";
      case DELETE -> "removed";
      case MODIFY -> "modified";
      case RENAME -> "renamed";
      case COPY -> "copied";
    };
  }

  List<String> allPaths(String sha) throws IOException {
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(ObjectId.fromString(commit(sha).tree()));
      walk.setRecursive(true);
      List<String> paths = new ArrayList<>();
      while (walk.next()) {
        paths.add(walk.getPathString());
      }
      return paths;
    }
  }

  /** Both sides of a rename are changed paths; so renames are not looked for. */
  List<String> changedPaths(String from, String to) throws IOException {
    try (DiffFormatter formatter = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      formatter.setRepository(repository);
      return formatter.scan(ObjectId.fromString(from), ObjectId.fromString(to)).stream()
          .map(
              entry ->
                  entry.getChangeType() == DiffEntry.ChangeType.DELETE
                      ? entry.getOldPath()
                      : entry.getNewPath())
          .toList();
    }
  }
}
