package dev.signalbox.workflows.migration;

import java.util.List;

/**
 * What is known of one revision before anybody judges it.
 *
 * @param revision its id, a free string
 * @param downRevisions those before it; several = it merges branches, none = it is a first one
 * @param message what its author says it does; null = nothing
 * @param author null = the file does not say
 * @param file below the project's directory
 * @param hash SHA-256 of the file, hex
 * @param calls of {@code upgrade()} in the order of the file
 * @param offlineBranches whether the code asks if it runs offline, so that its SQL may lack
 *     something
 * @param elsewhere what its SQL hangs on that is not in its file: the environment, or another
 *     module's code; null = all of it is there
 * @param reversible whether {@code downgrade()} does anything
 * @param sql as rendered offline; null = it cannot be
 * @param sqlUnavailable why not; null = it was
 * @param statements of the SQL, or of the literal SQL in the calls where there is none
 * @param unparsed why PostgreSQL's parser refused it; null = it did not
 */
public record RevisionFacts(
    String revision,
    List<String> downRevisions,
    String message,
    String author,
    String file,
    String hash,
    List<CodeCall> calls,
    boolean offlineBranches,
    String elsewhere,
    boolean reversible,
    String sql,
    String sqlUnavailable,
    List<SqlStatement> statements,
    String unparsed,
    List<Finding> findings) {
  public RevisionFacts {
    downRevisions = downRevisions == null ? List.of() : List.copyOf(downRevisions);
    calls = calls == null ? List.of() : List.copyOf(calls);
    statements = statements == null ? List.of() : List.copyOf(statements);
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /**
   * Whether it certainly leaves nothing behind when it does not come to its end. What cannot be
   * read is not certain.
   */
  boolean transactional() {
    return sql != null
        && unparsed == null
        && !offlineBranches
        && elsewhere == null
        && statements.stream().noneMatch(StatementRules::leavesTransaction)
        && calls.stream().noneMatch(CallRules::leavesTransaction);
  }

  /** Whether it does nothing but record itself. */
  boolean empty() {
    return sql != null
        && unparsed == null
        && !offlineBranches
        && elsewhere == null
        && calls.isEmpty()
        && statements.stream().allMatch(StatementRules::hasNoEffect);
  }
}
