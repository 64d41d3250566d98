package dev.signalbox.sandbox.git;

import dev.signalbox.sandbox.CommitInfo;
import dev.signalbox.sandbox.PushListener;
import dev.signalbox.sandbox.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RepositoryBuilder;

/**
 * A real bare repository in a directory of this machine: the one that the sandbox's GitHub serves
 * and its Railway builds from.
 *
 * <p>Every change of a branch, whether made here, by the REST API or by {@code git push}, reaches
 * the {@link PushListener}s, in the order in which it happened, after the change is visible and
 * with no lock held that a reader needs.
 */
public final class GitRepository implements Repository, AutoCloseable {

  private static final Person SANDBOX = Person.withLogin("signalbox-sandbox", Instant.EPOCH);

  private final String name;
  private final org.eclipse.jgit.lib.Repository jgit;
  private final History history;
  private final Writes writes;
  private final GitObjects objects;
  private final Refs refs;
  private final PushQueue pushes = new PushQueue();

  private GitRepository(String name, org.eclipse.jgit.lib.Repository jgit) {
    this.name = name;
    this.jgit = jgit;
    this.history = new History(jgit);
    this.writes = new Writes(jgit);
    this.objects = new GitObjects(jgit);
    this.refs = new Refs(jgit, history, this::note);
  }

  /**
   * An empty repository whose default branch will be {@code main}.
   *
   * @param directory is made; holds nothing yet
   * @param name OWNER/NAME
   */
  public static GitRepository create(Path directory, String name) {
    return unchecked(
        () -> {
          org.eclipse.jgit.lib.Repository jgit = bare(directory);
          jgit.create(true);
          jgit.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
          return new GitRepository(checked(name), jgit);
        });
  }

  /**
   * A bare clone with all branches and tags. The original is only read, and nothing done here ever
   * reaches it.
   *
   * @param original a work tree, a linked work tree or a bare repository
   */
  public static GitRepository cloneOf(Path original, Path directory, String name) {
    return unchecked(
        () -> {
          Files.createDirectories(directory);
          OriginalCopy.into(original, directory);
          org.eclipse.jgit.lib.Repository jgit = bare(directory);
          jgit.getConfig().setBoolean("core", null, "bare", true);
          jgit.getConfig().save();
          GitRepository repository = new GitRepository(checked(name), jgit);
          repository.refs.pointHeadAtABranch();
          return repository;
        });
  }

  private static String checked(String name) {
    if (!name.matches("[\\w.-]+/[\\w.-]+")) {
      throw new IllegalArgumentException("repository must be OWNER/NAME, was '" + name + "'");
    }
    return name;
  }

  private static org.eclipse.jgit.lib.Repository bare(Path directory) throws IOException {
    return new RepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
  }

  @Override
  public String name() {
    return name;
  }

  public String owner() {
    return name.substring(0, name.indexOf('/'));
  }

  /** The directory of the bare repository. */
  public Path directory() {
    return jgit.getDirectory().toPath();
  }

  @Override
  public String defaultBranch() {
    return unchecked(refs::defaultBranch);
  }

  /** Has no branch yet. */
  public boolean isEmpty() {
    return tips().isEmpty();
  }

  @Override
  public List<String> branches() {
    return List.copyOf(tips().keySet());
  }

  /** Branch names and their commits, by name. */
  public NavigableMap<String, String> tips() {
    return refs(Constants.R_HEADS);
  }

  /** Names and objects of all refs below {@code prefix}, by name without the prefix. */
  public NavigableMap<String, String> refs(String prefix) {
    return unchecked(() -> refs.below(prefix));
  }

  /** The commit that a branch points to. */
  public Optional<String> tip(String branch) {
    return unchecked(() -> refs.object(Constants.R_HEADS + branch));
  }

  @Override
  public Optional<String> resolve(String refOrSha) {
    return unchecked(() -> history.resolve(refOrSha));
  }

  @Override
  public Optional<byte[]> read(String sha, String path) {
    return unchecked(
        () -> {
          Optional<TreeEntry> entry =
              history.entry(sha, path).filter(found -> found.type().equals("file"));
          return entry.isPresent()
              ? Optional.of(history.blob(entry.get().sha()))
              : Optional.empty();
        });
  }

  /** The file or directory at {@code path} of a commit; the empty path is the root. */
  public Optional<TreeEntry> entry(String sha, String path) {
    return unchecked(() -> history.entry(sha, path));
  }

  /** What lies directly in a directory of a commit. */
  public List<TreeEntry> list(String sha, String path) {
    return unchecked(() -> history.list(sha, path));
  }

  @Override
  public void checkOut(String sha, String path, Path into) {
    new Checkout(objects()).write(commitAt(sha).tree(), path, into);
  }

  @Override
  public List<String> topLevelDirectories(String sha) {
    return list(sha, "").stream()
        .filter(entry -> entry.type().equals("dir"))
        .map(TreeEntry::path)
        .toList();
  }

  @Override
  public List<String> changedPaths(String fromSha, String toSha) {
    return unchecked(
        () -> fromSha == null ? history.allPaths(toSha) : history.changedPaths(fromSha, toSha));
  }

  @Override
  public CommitInfo commit(String sha) {
    Commit commit = commitAt(sha);
    return new CommitInfo(commit.sha(), commit.message(), commit.author().name(), commit.parents());
  }

  /**
   * All that git knows of a commit.
   *
   * @throws IllegalArgumentException when there is no such commit
   */
  public Commit commitAt(String sha) {
    return unchecked(
        () -> {
          if (!ObjectId.isId(sha) || history.resolve(sha).isEmpty()) {
            throw new IllegalArgumentException(name + " has no commit " + sha);
          }
          return history.commit(sha);
        });
  }

  /** A commit and everything before it, newest first. */
  public List<Commit> log(String sha) {
    return unchecked(() -> history.log(sha));
  }

  /** The commit {@code sha} is {@code tip} or one of its ancestors. */
  public boolean contains(String tip, String sha) {
    return unchecked(() -> history.contains(tip, sha));
  }

  public Comparison compare(String base, String head) {
    return unchecked(() -> history.compare(base, head));
  }

  /** How the files of two commits differ, with renames found. */
  public List<FileChange> changes(String fromSha, String toSha) {
    return unchecked(() -> history.changes(fromSha, toSha));
  }

  /** The tree that merging {@code head} into {@code base} gives; empty when they conflict. */
  public Optional<String> mergedTree(String base, String head) {
    return unchecked(() -> writes.mergedTree(base, head));
  }

  /**
   * The commits that {@code head} has beyond {@code base}, made again on top of it; gives the last
   * one's SHA, empty when one conflicts.
   */
  public Optional<String> rebased(String base, String head, Person committer) {
    return unchecked(() -> writes.rebased(base, compare(base, head).commits(), committer));
  }

  /** The difference of two commits as git prints it. */
  public String diff(String fromSha, String toSha) {
    return unchecked(() -> history.diff(fromSha, toSha));
  }

  /** Blobs and trees. */
  public GitObjects objects() {
    return objects;
  }

  /** Writes a commit that no ref points to yet; gives its SHA. */
  public String writeCommit(
      String tree, List<String> parents, String message, Person author, Person committer) {
    return unchecked(() -> writes.commit(tree, parents, message, author, committer));
  }

  /** Writes an annotated tag that no ref points to yet; gives its SHA. */
  public String writeTag(String tag, String sha, String message, Person tagger) {
    return unchecked(() -> writes.tag(tag, sha, message, tagger));
  }

  @Override
  public String push(String branch, Map<String, byte[]> files, String message) {
    return commit(branch, files, message);
  }

  /** As {@link #commit(String, Map, String, Person)}, by the sandbox itself. */
  public String commit(String branch, Map<String, byte[]> changes, String message) {
    return commit(
        branch, changes, message, new Person(SANDBOX.name(), SANDBOX.email(), Instant.now()));
  }

  /**
   * Commits on top of the branch and tells the listeners. A branch that does not exist begins at
   * the default branch's head, or with a first commit.
   *
   * @param changes path to content; a null content removes the path; all other files stay
   * @return the new commit's SHA
   */
  public String commit(String branch, Map<String, byte[]> changes, String message, Person author) {
    return locked(
        () -> {
          Optional<Commit> parent = tip(branch).or(() -> tip(defaultBranch())).map(this::commitAt);
          String tree = unchecked(() -> writes.tree(parent, changes));
          String sha =
              writeCommit(tree, parent.map(Commit::sha).stream().toList(), message, author, author);
          moveRef(Constants.R_HEADS + branch, sha, false);
          return sha;
        });
  }

  /** Makes a branch at a commit, or moves it there. */
  public void branch(String branch, String fromSha) {
    setBranch(branch, fromSha);
  }

  @Override
  public void setBranch(String branch, String sha) {
    RefResult result = moveRef(Constants.R_HEADS + branch, sha, true);
    if (result != RefResult.DONE && result != RefResult.UNCHANGED) {
      throw new IllegalArgumentException(
          "branch '" + branch + "' cannot point at " + sha + ": " + result);
    }
  }

  /** Makes a ref, {@code refs/heads/…} or {@code refs/tags/…}, that must not exist. */
  public RefResult createRef(String ref, String object) {
    return locked(
        () ->
            unchecked(() -> refs.exists(ref))
                ? RefResult.ALREADY_EXISTS
                : moveRef(ref, object, true));
  }

  /**
   * Moves a ref, creating it if needed.
   *
   * @param force also when the present commit is not an ancestor of the new one
   */
  public RefResult moveRef(String ref, String object, boolean force) {
    return locked(() -> unchecked(() -> refs.move(ref, object, force)));
  }

  /** Removes a ref. */
  public RefResult deleteRef(String ref) {
    return locked(() -> unchecked(() -> refs.delete(ref)));
  }

  @Override
  public void onPush(PushListener listener) {
    pushes.add(listener);
  }

  /**
   * Does {@code work} with no other change of this repository in between. Listeners hear of its
   * changes after the outermost such call has let go, so they may read and write freely.
   */
  public <T> T locked(Supplier<T> work) {
    return pushes.locked(work);
  }

  /** A push by git changed this ref; {@code null} for absent. Called with the lock held. */
  void note(String ref, String before, String after) {
    if (ref.startsWith(Constants.R_HEADS)) {
      pushes.note(ref.substring(Constants.R_HEADS.length()), before, after);
    }
  }

  org.eclipse.jgit.lib.Repository jgit() {
    return jgit;
  }

  @Override
  public void close() {
    jgit.close();
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  /** The repository is ours and local: failing to read it is a defect, not an outcome. */
  private static <T> T unchecked(Reading<T> reading) {
    try {
      return reading.get();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
