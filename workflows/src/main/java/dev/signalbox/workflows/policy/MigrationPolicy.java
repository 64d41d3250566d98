package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the project's database is migrated.
 *
 * @param directory where the migrations' configuration lies, from the root of the repository
 * @param service the service (its name in the file) whose variables hold the database address
 * @param url name of that variable
 * @param python the project's own Python as a command; empty = found by what the project has
 * @param contract when a revision that the former code cannot bear runs
 * @param rehearse which revisions are tried on a restored copy first
 * @param rules what a finding of squawk means, by its rule; a rule that is not named only warns
 * @param keep how many of the newest good backups are kept, however old
 * @param maxAge how long those beyond them are kept; null = no longer
 * @param lockTimeout how long a statement may wait for a lock, below it nobody else waits for long
 * @param statementTimeout how long one statement may take
 * @param lockBudget how long a rehearsed revision may keep readers out (ACCESS EXCLUSIVE)
 * @param withoutBackup why production is migrated without a backup; null = it is not
 * @param withoutSource why nobody asks whether the environment promoted from has run the same
 *     revisions; null = it must have
 * @param runner what runs them; null = a file of ours around the project's Alembic, or the command
 * @param commands the project's own; null = none are named
 * @param volume the service at Railway whose volume the database lies on; null = nothing is done to
 *     it
 */
public record MigrationPolicy(
    Tool tool,
    String directory,
    String service,
    String url,
    BackupMethod backup,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> python,
    ContractOrder contract,
    Rehearse rehearse,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, RuleVerdict> rules,
    int keep,
    Duration maxAge,
    Duration lockTimeout,
    Duration statementTimeout,
    Duration lockBudget,
    @JsonInclude(JsonInclude.Include.NON_NULL) String withoutBackup,
    @JsonInclude(JsonInclude.Include.NON_NULL) String withoutSource,
    @JsonInclude(JsonInclude.Include.NON_NULL) Runner runner,
    @JsonInclude(JsonInclude.Include.NON_NULL) MigrationCommands commands,
    @JsonInclude(JsonInclude.Include.NON_NULL) String volume) {
  /** Where many frameworks and Railway's own templates put a database's address. */
  public static final String USUAL_VARIABLE = "DATABASE_URL";

  private static final String USUAL_PRE_DEPLOY = "alembic upgrade head";
  private static final int USUAL_KEEP = 14;
  private static final Duration USUAL_LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration USUAL_STATEMENT_TIMEOUT = Duration.ofMinutes(15);
  private static final Duration USUAL_LOCK_BUDGET = Duration.ofSeconds(5);

  public MigrationPolicy {
    tool = tool == null ? Tool.ALEMBIC : tool;
    url = url == null ? USUAL_VARIABLE : url;
    backup = backup == null ? BackupMethod.PG_DUMP : backup;
    python = python == null ? List.of() : List.copyOf(python);
    contract = contract == null ? usualOrder(tool, runner) : contract;
    rehearse = rehearse == null ? Rehearse.AUTO : rehearse;
    rules = rules == null ? Map.of() : Map.copyOf(rules);
    keep = keep == 0 ? USUAL_KEEP : keep;
    lockTimeout = lockTimeout == null ? USUAL_LOCK_TIMEOUT : lockTimeout;
    statementTimeout = statementTimeout == null ? USUAL_STATEMENT_TIMEOUT : statementTimeout;
    lockBudget = lockBudget == null ? USUAL_LOCK_BUDGET : lockBudget;
  }

  /** What nobody can split runs as a whole, and the code that needs it comes after it. */
  private static ContractOrder usualOrder(Tool tool, Runner runner) {
    return tool == Tool.COMMAND || runner == Runner.RAILWAY_PREDEPLOY
        ? ContractOrder.BEFORE
        : ContractOrder.AFTER;
  }

  /** Whether Railway runs them, so that the database is never reached from here. */
  public boolean byRailway() {
    return runner == Runner.RAILWAY_PREDEPLOY;
  }

  /** What Railway's shell runs then. */
  public String preDeployCommand() {
    List<String> run = commands == null ? List.of() : commands.run();
    return run.isEmpty() ? USUAL_PRE_DEPLOY : ShellWords.of(run);
  }

  /** Whether a revision that could lose something may run without a backup that was proved. */
  public boolean runsUnproved() {
    return withoutBackup != null;
  }

  /** Whether revisions run one after another, each seen by itself. */
  public boolean runsByRevision() {
    return tool == Tool.ALEMBIC && runner == null;
  }

  /** What migrates. */
  public enum Tool {
    @JsonProperty("alembic")
    ALEMBIC,
    /** A command of the project's. */
    @JsonProperty("command")
    COMMAND
  }

  /** What runs the migrations, where it is not a file of ours around the project's Alembic. */
  public enum Runner {
    /** A plain command on the worker's machine. */
    @JsonProperty("command")
    COMMAND,
    /** Railway, in the service's pre-deploy command: the database is never reached from here. */
    @JsonProperty("railway-predeploy")
    RAILWAY_PREDEPLOY
  }

  /** How the database is saved before a migration that could lose something. */
  public enum BackupMethod {
    @JsonProperty("pg_dump")
    PG_DUMP,
    /** By Railway, of the volume that the database lies on: nobody can prove it beside. */
    @JsonProperty("railway-volume")
    RAILWAY_VOLUME,
    @JsonProperty("none")
    NONE;

    /** Whether it can be restored into a database beside the original. */
    public boolean restorable() {
      return this == PG_DUMP;
    }
  }

  /** When a revision that the former code cannot bear runs. */
  public enum ContractOrder {
    /** When the new code has soaked, as an approved step of its own. */
    @JsonProperty("after")
    AFTER,
    /** Before the new code: from then on nothing leads back. */
    @JsonProperty("before")
    BEFORE,
    /** Never by a promotion. */
    @JsonProperty("refuse")
    REFUSE
  }

  /** Which revisions are tried on a restored copy first. */
  public enum Rehearse {
    /** Those that are contract, data or unknown. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("always")
    ALWAYS,
    @JsonProperty("never")
    NEVER
  }

  /** What a finding means for the release. */
  public enum RuleVerdict {
    @JsonProperty("allow")
    ALLOW,
    @JsonProperty("warn")
    WARN,
    /** A person must approve, also where the environment needs no approval. */
    @JsonProperty("approve")
    APPROVE,
    @JsonProperty("refuse")
    REFUSE
  }
}
