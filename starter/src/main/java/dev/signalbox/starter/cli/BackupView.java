package dev.signalbox.starter.cli;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.SizeText;
import dev.signalbox.workflows.backup.BackupReport;
import dev.signalbox.workflows.backup.BackupRound;
import dev.signalbox.workflows.backup.KeptDatabase;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.backup.Receipt.Verified;
import dev.signalbox.workflows.release.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Receipts as people read them, and as scripts do. */
final class BackupView {
  private final Printer printer;

  BackupView(Printer printer) {
    this.printer = printer;
  }

  /** The one that was taken or verified. */
  void one(BackupReport report) {
    Receipt receipt = report.receipts().get(0);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("backup", object(receipt));
    object.put("pruned", report.pruned());
    object.put("remarks", report.remarks());
    printer.object(object);
    printer.line(receipt.id() + "  " + state(receipt));
    if (receipt.ofVolume()) {
      ofVolume(receipt);
    } else {
      ofDump(receipt);
    }
    if (receipt.good()) {
      printer.line("  proved    " + proof(receipt.verified()));
    }
    report.pruned().forEach(id -> printer.line("  cleared   " + id));
    report.remarks().forEach(printer::aside);
  }

  private void ofDump(Receipt receipt) {
    printer.line("  database  " + receipt.database() + " at " + schema(receipt));
    printer.line(
        "  taken     "
            + Moments.text(receipt.takenAt())
            + ", "
            + SizeText.of(receipt.bytes())
            + " in "
            + DurationText.of(receipt.took())
            + ", by pg_dump "
            + receipt.tools().get("pg_dump")
            + " from server "
            + receipt.tools().get("server"));
    printer.line("  where     " + receipt.where());
    printer.line("  sha256    " + receipt.sha256());
  }

  /** What it does not say is said. */
  private void ofVolume(Receipt receipt) {
    printer.line("  of        " + receipt.database());
    printer.line("  taken     " + Moments.text(receipt.takenAt()) + ", by Railway");
    printer.line("  where     " + receipt.where());
    printer.line(
        "  not known: which revision is in it, and whether it can be restored; a revision that"
            + " could lose something needs backup = \"pg_dump\"");
  }

  /**
   * Newest first.
   *
   * @param scheduled how the last one by the clock ended; null = there was none
   */
  void all(String environment, BackupRound scheduled, BackupReport report) {
    List<Receipt> receipts = report.receipts();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("environment", environment);
    object.put("backups", receipts.stream().map(BackupView::object).toList());
    object.put("kept", report.kept());
    object.put("scheduled", scheduled);
    printer.object(object);
    for (Receipt receipt : receipts) {
      printer.line(
          Moments.text(receipt.takenAt())
              + "  "
              + Columns.fit(state(receipt), "not proved".length())
              + "  "
              + receipt.id()
              + "  "
              + SizeText.of(receipt.bytes())
              + (receipt.ofVolume() ? "  of " + receipt.database() : "  at " + schema(receipt)));
    }
    if (receipts.isEmpty()) {
      printer.line(
          "there is no backup of " + environment + " yet: signalbox backup now " + environment);
    }
    report.kept().forEach(this::kept);
    report.remarks().forEach(printer::aside);
    if (scheduled != null) {
      printer.line("scheduled: " + RoundText.of(scheduled));
    }
  }

  /** It takes its room until somebody drops it. */
  private void kept(KeptDatabase database) {
    printer.line(
        Moments.text(database.at())
            + "  kept        "
            + database.name()
            + "  "
            + SizeText.of(database.bytes())
            + "  as it was before the restore, read-only; "
            + (database.saved() == null
                ? "not saved otherwise"
                : "saved as " + database.saved() + ": `signalbox backup drop` makes room"));
  }

  private static String proof(Verified verified) {
    return Moments.text(verified.at())
        + ", restored and compared in "
        + DurationText.of(verified.took())
        + ": "
        + verified.objects()
        + " objects, "
        + verified.rows()
        + " rows, contents of "
        + verified.tables().size()
        + (verified.tables().size() == 1 ? " table" : " tables")
        + (verified.counted().isEmpty()
            ? ""
            : "; too big, only counted: " + String.join(", ", verified.counted()));
  }

  private static String state(Receipt receipt) {
    return receipt.good() ? "good" : "not proved";
  }

  private static String schema(Receipt receipt) {
    return receipt.schema().isEmpty() ? "no revision" : String.join(", ", receipt.schema());
  }

  private static Map<String, Object> object(Receipt receipt) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", receipt.id());
    object.put("good", receipt.good());
    object.put("database", receipt.database());
    object.put("schema", receipt.schema());
    object.put("bytes", receipt.bytes());
    object.put("sha256", receipt.sha256());
    object.put("takenAt", receipt.takenAt());
    object.put("took", receipt.took());
    object.put("where", receipt.where());
    object.put("tools", receipt.tools());
    object.put("verified", receipt.verified());
    return object;
  }
}
