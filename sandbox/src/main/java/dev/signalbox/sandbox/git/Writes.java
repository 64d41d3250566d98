package dev.signalbox.sandbox.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.merge.ThreeWayMerger;
import org.eclipse.jgit.revwalk.RevWalk;

/** Writes objects. Moves no ref. */
final class Writes {

  private final Repository repository;

  Writes(Repository repository) {
    this.repository = repository;
  }

  /**
   * The tree of {@code parent} (or an empty one) with the changes; a null content removes the path.
   */
  String tree(Optional<Commit> parent, Map<String, byte[]> changes) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter();
        ObjectReader reader = repository.newObjectReader()) {
      DirCache index = DirCache.newInCore();
      if (parent.isPresent()) {
        DirCacheBuilder builder = index.builder();
        builder.addTree(
            new byte[0], DirCacheEntry.STAGE_0, reader, ObjectId.fromString(parent.get().tree()));
        builder.finish();
      }
      DirCacheEditor editor = index.editor();
      for (Map.Entry<String, byte[]> change : changes.entrySet()) {
        editor.add(edit(inserter, change.getKey(), change.getValue()));
      }
      editor.finish();
      ObjectId tree = index.writeTree(inserter);
      inserter.flush();
      return tree.name();
    }
  }

  private static DirCacheEditor.PathEdit edit(ObjectInserter inserter, String path, byte[] content)
      throws IOException {
    if (content == null) {
      return new DirCacheEditor.DeletePath(path);
    }
    ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content);
    return new DirCacheEditor.PathEdit(path) {
      @Override
      public void apply(DirCacheEntry entry) {
        // A file that was executable stays so.
        if (entry.getRawMode() == 0) {
          entry.setFileMode(FileMode.REGULAR_FILE);
        }
        entry.setObjectId(blob);
      }
    };
  }

  String commit(String tree, List<String> parents, String message, Person author, Person committer)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(ObjectId.fromString(tree));
    commit.setParentIds(parents.stream().map(ObjectId::fromString).toList());
    commit.setMessage(message);
    commit.setEncoding(StandardCharsets.UTF_8);
    commit.setAuthor(author.ident());
    commit.setCommitter(committer.ident());
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id.name();
    }
  }

  /** The tree of a three-way content merge; empty when the two conflict. */
  Optional<String> mergedTree(String base, String head) throws IOException {
    Merger merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
    boolean clean = merger.merge(ObjectId.fromString(base), ObjectId.fromString(head));
    return clean ? Optional.of(merger.getResultTreeId().name()) : Optional.empty();
  }

  /** Makes each commit again on top of the one before; a merge commit brings nothing of its own. */
  Optional<String> rebased(String onto, List<Commit> commits, Person committer) throws IOException {
    String tip = onto;
    for (Commit commit : commits) {
      if (commit.parents().size() == 1) {
        ThreeWayMerger merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
        merger.setBase(ObjectId.fromString(commit.parents().get(0)));
        if (!merger.merge(ObjectId.fromString(tip), ObjectId.fromString(commit.sha()))) {
          return Optional.empty();
        }
        String tree = merger.getResultTreeId().name();
        tip = commit(tree, List.of(tip), commit.message(), commit.author(), committer);
      }
    }
    return Optional.of(tip);
  }

  String tag(String name, String sha, String message, Person tagger) throws IOException {
    try (RevWalk walk = new RevWalk(repository);
        ObjectInserter inserter = repository.newObjectInserter()) {
      TagBuilder tag = new TagBuilder();
      tag.setTag(name);
      tag.setObjectId(walk.parseAny(ObjectId.fromString(sha)));
      tag.setMessage(message);
      tag.setTagger(tagger.ident());
      ObjectId id = inserter.insert(tag);
      inserter.flush();
      return id.name();
    }
  }
}
