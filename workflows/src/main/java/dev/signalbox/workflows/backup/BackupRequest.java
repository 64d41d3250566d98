package dev.signalbox.workflows.backup;

/**
 * What is wanted of an environment's backups.
 *
 * @param id of the backup to verify, null = the newest; or name of the database to drop
 */
public record BackupRequest(String project, String environment, Deed deed, String id) {
  /** What to do. */
  public enum Deed {
    /** Save the database now, prove it, and clear away what is old. */
    TAKE,
    /**
     * As {@link #TAKE}, but not beside another backup or a migration of the same database: then it
     * fails as busy, and nothing was done.
     */
    TAKE_IF_QUIET,
    LIST,
    VERIFY,
    /** Drop a database that a restore has kept. */
    DROP_KEPT
  }
}
