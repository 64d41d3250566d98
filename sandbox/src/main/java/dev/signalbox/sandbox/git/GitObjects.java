package dev.signalbox.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Blobs and trees by their SHA, below commits and refs. */
public final class GitObjects {

  /**
   * An entry of a tree.
   *
   * @param path from the tree that was asked for
   * @param mode git's six digits
   * @param type blob, tree or commit
   * @param size of a blob, else 0
   */
  public record Entry(String path, String mode, String type, String sha, long size) {}

  /**
   * A change of a tree.
   *
   * @param mode git's six digits
   * @param sha null removes the path
   */
  public record Change(String path, String mode, String sha) {}

  private final Repository repository;

  GitObjects(Repository repository) {
    this.repository = repository;
  }

  /** Writes a blob; gives its SHA. */
  public String writeBlob(byte[] content) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
      inserter.flush();
      return id.name();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** The content of a blob; empty when there is none of that SHA. */
  public Optional<byte[]> blob(String sha) {
    return has(sha, Constants.OBJ_BLOB)
        ? Optional.of(read(() -> repository.open(ObjectId.fromString(sha)).getBytes()))
        : Optional.empty();
  }

  /** Some object of git has this SHA. */
  public boolean exists(String sha) {
    return ObjectId.isId(sha)
        && read(() -> repository.getObjectDatabase().has(ObjectId.fromString(sha)));
  }

  /** The SHA of the tree that is, or that belongs to the commit that is, {@code sha}. */
  public Optional<String> tree(String sha) {
    if (!exists(sha)) {
      return Optional.empty();
    }
    return read(
        () -> {
          try (RevWalk walk = new RevWalk(repository)) {
            return Optional.of(walk.parseTree(ObjectId.fromString(sha)).name());
          } catch (org.eclipse.jgit.errors.IncorrectObjectTypeException noTree) {
            return Optional.empty();
          }
        });
  }

  /**
   * What a tree holds.
   *
   * @param recursive with everything below; trees are listed before their content
   */
  public List<Entry> entries(String tree, boolean recursive) {
    return read(
        () -> {
          try (ObjectReader reader = repository.newObjectReader();
              TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(ObjectId.fromString(tree));
            List<Entry> entries = new ArrayList<>();
            while (walk.next()) {
              entries.add(entry(reader, walk));
              if (recursive && walk.isSubtree()) {
                walk.enterSubtree();
              }
            }
            return entries;
          }
        });
  }

  private static Entry entry(ObjectReader reader, TreeWalk walk) throws IOException {
    FileMode mode = walk.getFileMode(0);
    ObjectId id = walk.getObjectId(0);
    String type = Constants.typeString(mode.getObjectType());
    long size =
        mode.getObjectType() == Constants.OBJ_BLOB
            ? reader.getObjectSize(id, Constants.OBJ_BLOB)
            : 0;
    String digits = String.format("%6s", Integer.toOctalString(mode.getBits())).replace(' ', '0');
    return new Entry(walk.getPathString(), digits, type, id.name(), size);
  }

  /**
   * Writes a tree; gives its SHA.
   *
   * @param base the tree that is changed; null begins with nothing
   */
  public String writeTree(String base, List<Change> changes) {
    return read(
        () -> {
          try (ObjectInserter inserter = repository.newObjectInserter();
              ObjectReader reader = repository.newObjectReader()) {
            DirCache index = DirCache.newInCore();
            if (base != null) {
              DirCacheBuilder builder = index.builder();
              builder.addTree(
                  new byte[0], DirCacheEntry.STAGE_0, reader, ObjectId.fromString(base));
              builder.finish();
            }
            for (Change change : changes) {
              apply(index, reader, change);
            }
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            return tree.name();
          }
        });
  }

  private static void apply(DirCache index, ObjectReader reader, Change change) throws IOException {
    DirCacheEditor editor = index.editor();
    boolean directory = change.mode().equals("040000");
    if (change.sha() == null || directory) {
      editor.add(new DirCacheEditor.DeleteTree(change.path()));
      editor.add(new DirCacheEditor.DeletePath(change.path()));
    } else {
      editor.add(edit(change));
    }
    editor.finish();
    if (directory && change.sha() != null) {
      DirCacheBuilder builder = index.builder();
      builder.keep(0, index.getEntryCount());
      builder.addTree(
          Constants.encode(change.path() + "/"),
          DirCacheEntry.STAGE_0,
          reader,
          ObjectId.fromString(change.sha()));
      builder.finish();
    }
  }

  private static DirCacheEditor.PathEdit edit(Change change) {
    return new DirCacheEditor.PathEdit(change.path()) {
      @Override
      public void apply(DirCacheEntry entry) {
        entry.setFileMode(FileMode.fromBits(Integer.parseInt(change.mode(), 8)));
        entry.setObjectId(ObjectId.fromString(change.sha()));
      }
    };
  }

  private boolean has(String sha, int type) {
    return exists(sha) && read(() -> repository.open(ObjectId.fromString(sha)).getType() == type);
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.get();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
