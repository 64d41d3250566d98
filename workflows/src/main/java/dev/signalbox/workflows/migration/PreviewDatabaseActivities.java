package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * The database of one preview: never one that anybody else uses. Addresses are read from Railway,
 * or from the worker's environment, at the moment of use; they are in no input, result or failure.
 */
@ActivityInterface
public interface PreviewDatabaseActivities {
  /**
   * Sees to it that the preview's services reach a database that is the preview's alone: one that
   * was copied with its environment, else one that is made beside the base's own, with a role of
   * its own where the server's may make one. <b>Marked</b> by the database's and the role's
   * comments, and guarded by their name; a role whose password no variable has gets another one.
   * Retried.
   *
   * <p>Fails for good where the role may make no database, or the name is somebody else's.
   */
  @ActivityMethod(name = "PreparePreviewDatabase")
  Prepared prepare(PrepareOrder order);

  /**
   * @param base the database of the base
   * @param preview the same variable in the preview's environment
   * @param server name of the worker's variable with the server's address; null = the base's server
   * @param mark id of the workflow whose preview it is
   * @param anew what is in it is thrown away first, once for this word; null = it stays
   * @param copiedOnly whether none is made where none was copied, because nothing may be set in
   *     that environment; null = one is made
   */
  record PrepareOrder(
      DatabaseReference base,
      DatabaseReference preview,
      @JsonInclude(JsonInclude.Include.NON_NULL) String server,
      String name,
      String mark,
      @JsonInclude(JsonInclude.Include.NON_NULL) String anew,
      @JsonInclude(JsonInclude.Include.NON_NULL) Boolean copiedOnly) {
    /** One that is made where none was copied. */
    public PrepareOrder(
        DatabaseReference base,
        DatabaseReference preview,
        String server,
        String name,
        String mark,
        String anew) {
      this(base, preview, server, name, mark, anew, null);
    }
  }

  /**
   * @param name of the database; null = there is none, and none may be made
   * @param made whether it is one that we made, and not one of the copied environment
   * @param seeded whether the seed command has run
   * @param base revisions at which the base's database stands, sorted; empty = not known
   * @param ownRole whether it has a role of its own, and not that of the server's address
   */
  record Prepared(
      String name,
      boolean made,
      boolean seeded,
      List<String> base,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean ownRole) {
    public Prepared {
      base = base == null ? List.of() : List.copyOf(base);
    }

    /** One with the role that its address has. */
    public Prepared(String name, boolean made, boolean seeded, List<String> base) {
      this(name, made, seeded, base, false);
    }

    /** The same, and whether by a role of its own. */
    public Prepared by(boolean its) {
      return new Prepared(name, made, seeded, base, its);
    }
  }

  /**
   * Fills it by the project's own command. <b>Marked</b> in the database's comment when it has run;
   * an attempt that was lost is made again, so the command must bear that. Retried.
   */
  @ActivityMethod(name = "SeedPreviewDatabase")
  Seeded seed(SeedOrder order);

  /**
   * @param command as words, run in the migrations' directory
   */
  record SeedOrder(
      DatabaseReference preview, MigrationSourceReference source, List<String> command) {
    public SeedOrder {
      command = command == null ? List.of() : List.copyOf(command);
    }
  }

  /**
   * @param failed why it did not end well; null = it did
   * @param log its last lines, cleaned of secrets
   */
  record Seeded(String failed, List<String> log) {
    public Seeded {
      log = log == null ? List.of() : List.copyOf(log);
    }
  }

  /**
   * Whether the database answers through the variable that the deployed service has, and is the
   * preview's own. A read.
   */
  @ActivityMethod(name = "ReachPreviewDatabase")
  Reached reach(ReachOrder order);

  /**
   * @param name of the preview's own database
   */
  record ReachOrder(DatabaseReference preview, String name) {}

  /**
   * @param not why it was not reached; null = it was
   */
  record Reached(@JsonInclude(JsonInclude.Include.NON_NULL) String not) {}

  /**
   * Drops the database, whoever is connected to it, sees that the server has it no more, and drops
   * its role. <b>Marked</b>: one without the mark stays. Retried.
   */
  @ActivityMethod(name = "DropPreviewDatabase")
  Dropped drop(DropOrder order);

  /** As in {@link PrepareOrder}. */
  record DropOrder(
      DatabaseReference base,
      @JsonInclude(JsonInclude.Include.NON_NULL) String server,
      String name,
      String mark) {}

  /**
   * @param there whether there was one of ours
   */
  record Dropped(boolean there) {}
}
