package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.migration.MigrationPlan;

/**
 * Where a database stands, seen from one commit and from the one that is live.
 *
 * @param running null = nobody asked
 */
public record SchemaReport(At asked, At running) {

  /**
   * @param revision the commit, 40 hex
   * @param plan null = it could not be read
   * @param unread why; null = it was
   * @param permanent whether waiting does not help
   */
  public record At(String revision, MigrationPlan plan, String unread, boolean permanent) {}
}
