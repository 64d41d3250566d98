package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.release.Digest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an upgrade would do to a database, found out without changing anything.
 *
 * @param database revisions that the database names, sorted; empty = none yet
 * @param heads of the code, sorted; empty = it names none, as where a command migrates
 * @param revisions pending, in the order in which they would run
 * @param notes what people should know besides; never a secret
 * @param identity which database it is; null = nobody asked
 * @param recorded whose word it is where the database stands, because only Railway reaches it; null
 *     = the database's own
 */
public record MigrationPlan(
    State state,
    List<String> database,
    List<String> heads,
    List<PlannedRevision> revisions,
    List<String> notes,
    @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseIdentity identity,
    @JsonInclude(JsonInclude.Include.NON_NULL) String recorded) {
  /** Begin of a note that says why squawk gave no findings. */
  public static final String NO_FINDINGS = "no findings: ";

  /** Begin of a note that says why nobody knows what Railway's command would do. */
  public static final String NOT_KNOWN = "what is pending is not known: ";

  private static final int OF_THE_COMMIT = 12;

  public MigrationPlan {
    database = database == null ? List.of() : List.copyOf(database);
    heads = heads == null ? List.of() : List.copyOf(heads);
    revisions = revisions == null ? List.of() : List.copyOf(revisions);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /** Of a database that nobody has asked which it is. */
  public MigrationPlan(
      State state,
      List<String> database,
      List<String> heads,
      List<PlannedRevision> revisions,
      List<String> notes) {
    this(state, database, heads, revisions, notes, null, null);
  }

  /** Where the database stands, seen from the code, for people. */
  public String sentence() {
    String stands = stands();
    String head = "the code's head " + names(heads);
    if (heads.isEmpty() && (state == State.BEHIND || state == State.CURRENT)) {
      return stands
          + (state == State.CURRENT
              ? ": nothing to do."
              : ", and the code's command has something to run there.");
    }
    return switch (state) {
      case BEHIND ->
          stands
              + ", "
              + revisions.size()
              + (revisions.size() == 1 ? " revision" : " revisions")
              + " behind "
              + head
              + ".";
      case CURRENT -> said() + head + ": nothing to do.";
      case AHEAD -> stands + ", ahead of " + head + ".";
      case DIVERGED ->
          stands
              + ", which the code with its head "
              + names(heads)
              + " cannot have left: it knows some of these revisions only, or they exclude each"
              + " other.";
      case MULTIPLE_HEADS ->
          "The code has several heads, "
              + names(heads)
              + ": merge them (`alembic merge heads`) before anything runs.";
      case UNKNOWN_REVISION ->
          stands
              + ", which this code does not know: it is older than the database, or another"
              + " project's.";
      case NO_ALEMBIC -> "There is no Alembic here.";
      case UNSEEN -> "Only Railway reaches the database: where it stands is not read.";
    };
  }

  /** Where the database stands, and by whose word if not its own; for people. */
  public String stands() {
    return said() + names(database);
  }

  private String said() {
    return recorded == null
        ? "The database stands at "
        : "The database was not asked: by " + recorded + " it stands at ";
  }

  /** Of what Railway runs when it deploys this commit, of which nothing is known before. */
  public static MigrationPlan unseen(MigrationPolicy policy, String commit) {
    return unseen(policy, commit, List.of());
  }

  /**
   * The same where it is known what the database comes to.
   *
   * @param heads of the code, sorted
   */
  public static MigrationPlan unseen(MigrationPolicy policy, String commit, List<String> heads) {
    String words = policy.preDeployCommand();
    return new MigrationPlan(
        State.UNSEEN,
        List.of(),
        heads,
        List.of(
            PlannedRevision.ofCommand(
                "pre-deploy@" + commit.substring(0, Math.min(OF_THE_COMMIT, commit.length())),
                null,
                words,
                Digest.of(Map.of("run", words)))),
        Unpromised.of(policy));
  }

  /** The same with more that people should know. */
  public MigrationPlan with(List<String> more) {
    return new MigrationPlan(
        state,
        database,
        heads,
        revisions,
        Stream.concat(notes.stream(), more.stream()).toList(),
        identity,
        recorded);
  }

  /** The same of a database that was asked which it is. */
  public MigrationPlan of(DatabaseIdentity which) {
    return new MigrationPlan(state, database, heads, revisions, notes, which, recorded);
  }

  /** The same of a database that was not asked: somebody's word stands for its own. */
  public MigrationPlan by(String word) {
    return new MigrationPlan(state, database, heads, revisions, notes, identity, word);
  }

  /** The same with other words about its revisions, or with other notes. */
  public MigrationPlan with(List<PlannedRevision> others, List<String> words) {
    return new MigrationPlan(state, database, heads, others, words, identity, recorded);
  }

  /**
   * The same up to one of the pending revisions, or up to where the database stands.
   *
   * @return empty = it is neither
   */
  public Optional<MigrationPlan> upTo(String revision) {
    Map<String, PlannedRevision> pending = new LinkedHashMap<>();
    revisions.forEach(one -> pending.put(one.revision(), one));
    if (!pending.containsKey(revision) && !database.equals(List.of(revision))) {
      return Optional.empty();
    }
    Set<String> wanted = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(revision));
    while (!next.isEmpty()) {
      PlannedRevision one = pending.get(next.pop());
      if (one != null && wanted.add(one.revision())) {
        next.addAll(one.downRevisions());
      }
    }
    return Optional.of(
        new MigrationPlan(
            state,
            database,
            heads,
            revisions.stream().filter(one -> wanted.contains(one.revision())).toList(),
            notes,
            identity,
            recorded));
  }

  /** Why squawk gave no findings; empty = it was asked, and an empty list means none. */
  public Optional<String> unlinted() {
    return notes.stream().filter(note -> note.startsWith(NO_FINDINGS)).findFirst();
  }

  private static String names(List<String> revisions) {
    return revisions.isEmpty() ? "no revision" : String.join(", ", revisions);
  }

  /** Where the database stands, seen from the code. */
  public enum State {
    BEHIND("behind"),
    CURRENT("current"),
    /** The database is where newer code left it. */
    AHEAD("ahead"),
    /** The database names revisions of which the code knows some, or which exclude each other. */
    DIVERGED("diverged"),
    MULTIPLE_HEADS("multipleHeads"),
    UNKNOWN_REVISION("unknownRevision"),
    NO_ALEMBIC("noAlembic"),
    /** Nobody here reaches the database: whatever is pending runs elsewhere. */
    UNSEEN("unseen");

    private final String word;

    State(String word) {
      this.word = word;
    }

    @JsonValue
    public String word() {
      return word;
    }

    /** Whether an upgrade could begin here. */
    public boolean mayRun() {
      return this == BEHIND || this == CURRENT || this == UNSEEN;
    }
  }

  /**
   * One pending revision.
   *
   * @param downRevisions those before it; several = it merges branches
   * @param hash SHA-256 of the file, hex
   * @param reasons what made its class, each with the statement
   * @param transactional whether it certainly leaves nothing behind when it does not come to its
   *     end: no transaction of its own, nothing outside of one
   * @param empty whether it does nothing but record itself, as one that merges branches
   * @param sql null = not to be had: {@code sqlUnavailable} says why
   */
  public record PlannedRevision(
      String revision,
      List<String> downRevisions,
      String message,
      String author,
      String file,
      String hash,
      RevisionClass kind,
      List<String> reasons,
      boolean reversible,
      boolean transactional,
      boolean empty,
      String sql,
      String sqlUnavailable,
      List<Finding> findings) {
    public PlannedRevision {
      downRevisions = downRevisions == null ? List.of() : List.copyOf(downRevisions);
      reasons = reasons == null ? List.of() : List.copyOf(reasons);
      findings = findings == null ? List.of() : List.copyOf(findings);
    }

    /** The same where each of its statements stays whatever becomes of the next. */
    public PlannedRevision committingByItself() {
      return new PlannedRevision(
          revision,
          downRevisions,
          message,
          author,
          file,
          hash,
          kind,
          reasons,
          reversible,
          false,
          empty,
          sql,
          sqlUnavailable,
          findings);
    }

    /**
     * What a command of the project's does, of which nobody can say anything before.
     *
     * @param revision names it, of this commit
     * @param says what it says is pending; null = nothing
     * @param words as it is run
     * @param hash of what is run
     */
    public static PlannedRevision ofCommand(
        String revision, String says, String words, String hash) {
      return new PlannedRevision(
          revision,
          List.of(),
          says,
          null,
          words,
          hash,
          RevisionClass.UNKNOWN,
          List.of("without SQL nobody can say what `" + words + "` does"),
          false,
          false,
          false,
          null,
          "a command shows none",
          List.of());
    }

    public static PlannedRevision of(RevisionFacts facts, RevisionJudge.Verdict verdict) {
      return new PlannedRevision(
          facts.revision(),
          facts.downRevisions(),
          facts.message(),
          facts.author(),
          facts.file(),
          facts.hash(),
          verdict.kind(),
          verdict.reasons(),
          facts.reversible(),
          facts.transactional(),
          facts.empty(),
          facts.sql(),
          facts.sqlUnavailable(),
          facts.findings());
    }
  }
}
