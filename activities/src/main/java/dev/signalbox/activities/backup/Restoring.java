package dev.signalbox.activities.backup;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.workflows.backup.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/** Brings a dump back into an empty database, with everything that a role without rights may. */
final class Restoring {
  private static final String TRIED = "Restoring the backup ";

  /**
   * Owners, rights and what belongs to the whole server are left out: whoever restores need not be
   * a superuser, and a copy must not begin to replicate.
   */
  private static final List<String> FOR_A_COPY =
      List.of(
          "--format=custom",
          "--no-owner",
          "--no-privileges",
          "--no-comments",
          "--no-publications",
          "--no-subscriptions",
          "--no-security-labels",
          "--no-tablespaces");

  /**
   * With owners and rights, because it is to take the original's place. Comments on extensions and
   * what replicates are a superuser's; a subscription would begin to replicate at once.
   */
  private static final List<String> IN_ITS_PLACE =
      List.of(
          "--format=custom",
          "--no-comments",
          "--no-publications",
          "--no-subscriptions",
          "--no-security-labels",
          "--no-tablespaces");

  private static final List<String> IN_ITS_PLACE_BY_A_SUPERUSER =
      List.of("--format=custom", "--no-subscriptions", "--no-security-labels", "--no-tablespaces");

  /** How pg_restore says that the file is no whole archive of its own. */
  private static final Pattern DAMAGED =
      Pattern.compile(
          "^pg_restore: error: (could not (read from|uncompress|find header|decompress)|input file"
              + "|did not find magic|unrecognized|corrupt|unexpected (end of file|section))");

  /** What pg_restore of 17 and newer says on an older server before it goes on. */
  static final String UNKNOWN_THERE =
      "unrecognized configuration parameter \"transaction_timeout\"";

  private final List<String> options;
  private final PostgresPrograms programs;
  private final Map<String, String> variables;
  private final Stop stop;

  /** Of a copy to look at. */
  Restoring(PostgresPrograms programs, Map<String, String> variables, Stop stop) {
    this(FOR_A_COPY, programs, variables, stop);
  }

  private Restoring(
      List<String> options, PostgresPrograms programs, Map<String, String> variables, Stop stop) {
    this.options = options;
    this.programs = programs;
    this.variables = variables;
    this.stop = stop;
  }

  /**
   * Of one that is to take the original's place, with its owners and rights.
   *
   * @param superuser whether the role is one: then with all that only such a one may bring back
   */
  static Restoring inItsPlace(
      boolean superuser, PostgresPrograms programs, Map<String, String> variables, Stop stop) {
    return new Restoring(
        superuser ? IN_ITS_PLACE_BY_A_SUPERUSER : IN_ITS_PLACE, programs, variables, stop);
  }

  /**
   * @param database empty, and the program's alone
   * @throws ArchiveException {@code SPOILED}: the file is not the one that was written
   * @throws MigrationException it cannot be restored, with PostgreSQL's reason
   */
  void into(DatabaseAddress database, BackupShelf shelf, Receipt receipt) {
    boolean lenient = programs.beginsWithAnError();
    List<String> where = new ArrayList<>(List.of("--dbname=" + database.database()));
    if (!lenient) {
      where.add("--exit-on-error");
    }
    run(where, lenient, database, shelf, receipt);
  }

  /**
   * Reads a dump to its end, which shows what is damaged in it, and restores nothing.
   *
   * @throws ArchiveException as {@link #into}
   */
  void through(DatabaseAddress database, BackupShelf shelf, Receipt receipt) {
    run(List.of("--file=/dev/null"), false, database, shelf, receipt);
  }

  private void run(
      List<String> where,
      boolean lenient,
      DatabaseAddress database,
      BackupShelf shelf,
      Receipt receipt) {
    try (CheckedFile file = new CheckedFile(shelf.dump(receipt));
        PostgresRun restore = started(where, database, receipt)) {
      file.feed(restore.input());
      List<String> said = restore.said();
      file.requireSame(receipt);
      requireWhole(said, receipt);
      if (!restore.endedWell() && !(lenient && onlyUnknown(said))) {
        restore.end();
      }
    } catch (IOException lost) {
      stop.requireGoing();
      throw ArchiveException.lost(TRIED + receipt.id(), receipt.where(), lost);
    }
  }

  private PostgresRun started(List<String> where, DatabaseAddress database, Receipt receipt) {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(where);
    return PostgresRun.start(
        TRIED + receipt.id(), programs.restore(), arguments, database, programs, variables, stop);
  }

  /**
   * Does in a session what pg_restore would do: the program itself connects to nothing.
   *
   * @param session in a transaction that must not be committed when this fails
   * @throws ArchiveException as {@link #into}
   * @throws MigrationException the server refuses a statement
   */
  void by(DatabaseSession session, DatabaseAddress database, BackupShelf shelf, Receipt receipt) {
    try (CheckedFile file = new CheckedFile(shelf.dump(receipt));
        PostgresRun restore = started(List.of("--file=-"), database, receipt)) {
      FutureTask<Void> feeding =
          new FutureTask<>(
              () -> {
                file.feed(restore.input());
                return null;
              });
      Thread feeder = new Thread(feeding, "signalbox-restore-feed");
      feeder.setDaemon(true);
      feeder.start();
      boolean whole =
          run(new RestoreScript(restore.output(), programs.beginsWithAnError()), session);
      await(feeding);
      List<String> said = restore.said();
      file.requireSame(receipt);
      requireWhole(said, receipt);
      restore.end();
      if (!whole) {
        throw ArchiveException.lost(
            TRIED + receipt.id(), receipt.where(), new IOException("pg_restore ended early"));
      }
    } catch (IOException lost) {
      stop.requireGoing();
      throw ArchiveException.lost(TRIED + receipt.id(), receipt.where(), lost);
    }
  }

  /** Whether it came to its end; if not, pg_restore says why. */
  private static boolean run(RestoreScript script, DatabaseSession session) {
    try {
      script.runIn(session);
      return true;
    } catch (IOException early) {
      return false;
    }
  }

  private void await(FutureTask<Void> feeding) throws IOException {
    try {
      feeding.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException lost
          ? lost
          : new IOException(failed.getCause());
    } catch (InterruptedException calledOff) {
      stop.now();
      stop.requireGoing();
    }
  }

  /** One that was damaged on its way into the archive has the right checksum. */
  private static void requireWhole(List<String> said, Receipt receipt) {
    for (String line : said) {
      if (DAMAGED.matcher(line).find()) {
        throw ArchiveException.spoiled(
            TRIED + receipt.id(),
            receipt.where(),
            "the dump is damaged: " + line.replaceFirst("^pg_restore: error: ", ""),
            null);
      }
    }
  }

  private static boolean onlyUnknown(List<String> said) {
    return said.stream()
        .filter(line -> line.startsWith("pg_restore: error:"))
        .allMatch(line -> line.contains(UNKNOWN_THERE));
  }
}
