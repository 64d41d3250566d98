package dev.signalbox.workflows.backup;

/**
 * What is wanted of an environment's backups.
 *
 * @param id of the backup to verify; null = the newest
 */
public record BackupRequest(String project, String environment, Deed deed, String id) {
  /** What to do. */
  public enum Deed {
    /** Save the database now, prove it, and clear away what is old. */
    TAKE,
    LIST,
    VERIFY
  }
}
