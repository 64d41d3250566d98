package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.backup.BackupId;
import dev.signalbox.workflows.release.Moments;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a restore would go to, where a revision keeps the former code from being put back. By the
 * ledger alone, so that how many rows it would lose is not said here.
 *
 * @param before the revision that the former code may not bear
 * @param backup the one that was taken before it ran; null = none is on record
 * @param at when that was begun; null = not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestorePoint(String before, String backup, Instant at) {

  /** Empty where the former code bears the schema, or there is none. */
  public static Optional<RestorePoint> of(LedgerStatus ledger) {
    return Optional.ofNullable(ledger.former())
        .filter(former -> former.brokenBy() != null && !former.brokenByABackup())
        .map(former -> before(former.brokenBy(), ledger));
  }

  private static RestorePoint before(String broken, LedgerStatus ledger) {
    String backup =
        ledger.runs().stream()
            .map(HistoryEntry::schema)
            .filter(Objects::nonNull)
            .filter(schema -> broken.equals(schema.contract()))
            .reduce((earlier, later) -> later)
            .map(SchemaNote::backup)
            .orElse(null);
    return new RestorePoint(broken, backup, BackupId.moment(backup).orElse(null));
  }

  /** A sentence without its end. */
  public String words(String environment) {
    return backup == null
        ? "rows written since "
            + before
            + " ran are lost with a restore: `signalbox backup list "
            + environment
            + "` names the backups"
        : "rows written since "
            + (at == null ? "backup " + backup : Moments.text(at) + " (backup " + backup + ")")
            + " are lost with a restore: `signalbox migrate status "
            + environment
            + "` counts them";
  }
}
