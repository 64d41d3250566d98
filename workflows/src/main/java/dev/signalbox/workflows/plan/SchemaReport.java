package dev.signalbox.workflows.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.backup.WrittenSince;
import dev.signalbox.workflows.environment.Bearing;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.MigrationPlan;

/**
 * Where a database stands, seen from one commit and from the one that is live.
 *
 * @param running null = nobody asked
 * @param since what a restore would lose; null = nobody asked
 */
public record SchemaReport(
    At asked, At running, @JsonInclude(JsonInclude.Include.NON_NULL) WrittenSince since) {

  /**
   * @param revision the commit, 40 hex
   * @param plan null = it could not be read
   * @param unread why; null = it was
   * @param permanent whether waiting does not help
   * @param down the way to the revision that was asked for, where that is no pending one; null =
   *     none was asked for, or {@code plan} goes there
   * @param bearing whether the code that runs bears where that way ends; null = there is no such
   *     way
   */
  public record At(
      String revision,
      MigrationPlan plan,
      String unread,
      boolean permanent,
      @JsonInclude(JsonInclude.Include.NON_NULL) DowngradePlan down,
      @JsonInclude(JsonInclude.Include.NON_NULL) Bearing bearing) {
    public At(String revision, MigrationPlan plan, String unread, boolean permanent) {
      this(revision, plan, unread, permanent, null, null);
    }
  }
}
