package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs in an environment, as the ledger recorded it.
 *
 * @param mergeCommit the merge commit that stands for the revision on the target branch; null =
 *     none
 * @param apart services that were left on another commit when one was deployed alone; empty = the
 *     set is of one commit
 * @param schema where the database stood when this was recorded, sorted; empty = that is not known
 * @param brokenBy a revision that has run since and that this code may not bear, or, as {@code
 *     backup <id>}, what the database was brought back to since: it cannot be put back; null =
 *     nothing
 * @param backup id of the backup that was taken before this release's migration; null = it had none
 * @param bore where the database stood while this was live and verified, before a later migration:
 *     its code is known to bear that; the newest last, at most ten
 */
public record LiveSet(
    String revision,
    String mergeCommit,
    Instant since,
    List<ServiceDeployment> deployments,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> apart,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> schema,
    @JsonInclude(JsonInclude.Include.NON_NULL) String brokenBy,
    @JsonInclude(JsonInclude.Include.NON_NULL) String backup,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> bore) {
  private static final int MOST_BORE = 10;
  private static final String BACKUP = "backup ";

  public LiveSet {
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
    apart = apart == null ? List.of() : List.copyOf(apart);
    schema = schema == null ? List.of() : List.copyOf(schema);
    bore = bore == null ? List.of() : List.copyOf(bore);
  }

  /** One of which nothing is known about the database. */
  public LiveSet(
      String revision,
      String mergeCommit,
      Instant since,
      List<ServiceDeployment> deployments,
      List<String> apart) {
    this(revision, mergeCommit, since, deployments, apart, null, null, null, null);
  }

  /** One of one commit. */
  public LiveSet(
      String revision, String mergeCommit, Instant since, List<ServiceDeployment> deployments) {
    this(revision, mergeCommit, since, deployments, List.of());
  }

  /**
   * The same with the database where a run left it.
   *
   * @param record null = the run did nothing to it
   */
  public LiveSet at(SchemaRecord record) {
    return record == null
        ? this
        : new LiveSet(
            revision,
            mergeCommit,
            since,
            deployments,
            apart,
            record.at(),
            record.restored() == null ? brokenBy : null,
            record.receipt() == null ? backup : record.receipt(),
            bore);
  }

  /** The same release, that was live all the time, with the database where a run left it. */
  public LiveSet migrated(SchemaRecord record) {
    LiveSet now = at(record);
    if (record == null || record.from().size() != 1) {
      return now;
    }
    List<String> places = new ArrayList<>(bore);
    places.removeAll(record.from());
    places.addAll(record.from());
    int first = Math.max(0, places.size() - MOST_BORE);
    return new LiveSet(
        revision,
        mergeCommit,
        since,
        deployments,
        apart,
        now.schema(),
        brokenBy,
        now.backup(),
        places.subList(first, places.size()));
  }

  /** The same after these were taken back. */
  public LiveSet mended(List<String> undone) {
    return brokenBy == null || !undone.contains(brokenBy)
        ? this
        : new LiveSet(revision, mergeCommit, since, deployments, apart, schema, null, backup, bore);
  }

  /** The same release on other deployments: built, started or put back again. */
  public LiveSet on(List<ServiceDeployment> own, Instant from) {
    return new LiveSet(revision, mergeCommit, from, own, apart, schema, brokenBy, backup, bore);
  }

  /** The same after a revision that its code may not bear. */
  public LiveSet brokenBy(String contract) {
    return brokenBy != null
        ? this
        : new LiveSet(
            revision, mergeCommit, since, deployments, apart, schema, contract, backup, bore);
  }

  /**
   * The same after the database was brought back.
   *
   * @param broken what its code may not bear now; null = nothing
   */
  LiveSet nowBrokenBy(String broken) {
    return new LiveSet(
        revision, mergeCommit, since, deployments, apart, schema, broken, backup, bore);
  }

  /** What stands for a backup in {@link #brokenBy}: no revision has a blank in its name. */
  static String broughtBackTo(String backup) {
    return BACKUP + backup;
  }

  boolean brokenByABackup() {
    return brokenBy != null && brokenBy.startsWith(BACKUP);
  }

  /** Why it cannot be put back; empty = the schema is none that it could not read. */
  public Optional<String> unreadable() {
    return Optional.ofNullable(brokenBy)
        .map(
            broken ->
                brokenByABackup()
                    ? "the database was brought back to "
                        + broken
                        + " since "
                        + ShortCommit.of(revision)
                        + " was live at "
                        + String.join(", ", schema)
                        + ", and that code may not be able to read the schema: migrate it forward"
                        + " first (`signalbox migrate run`)"
                    : "revision "
                        + broken
                        + " has run since "
                        + ShortCommit.of(revision)
                        + " was live, and that code may not be able to read the schema: promote a"
                        + " commit that mends what is wrong, or bring the database back first");
  }

  /** Whether the set is of one commit, as far as anybody wanted it. */
  public boolean whole() {
    return apart.isEmpty();
  }

  /** Whether this deployment of the service is part of the set, of whatever commit it is. */
  public boolean has(String service, ServiceDeployment active) {
    return deployments.stream()
        .anyMatch(one -> one.service().equals(service) && one.id().equals(active.id()));
  }
}
