package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.DatabaseSession;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What pg_restore would do to a database, read as it writes it down: statements, and the rows
 * between them. Run in a session of ours, so that it can be part of a larger transaction.
 */
final class RestoreScript {
  private static final String ROWS_FOLLOW = "-- Data for Name: ";

  /** Where an entry begins, and where one piece of a large object does. */
  private static final List<String> BORDERS = List.of("-- Name: ", "SELECT pg_catalog.lo");

  private static final int ENOUGH = 1 << 20;

  /** For psql. */
  private static final String NOT_FOR_THE_SERVER = "\\";

  private static final String SINCE_17 = "SET transaction_timeout =";
  private static final byte[] END_OF_ROWS = {'\\', '.', '\n'};

  private final InputStream script;
  private final boolean olderServer;
  private final ByteArrayOutputStream statements = new ByteArrayOutputStream();

  /**
   * @param script of {@code pg_restore --file=-}
   * @param olderServer whether it does not know what pg_restore sets
   */
  RestoreScript(InputStream script, boolean olderServer) {
    this.script = new BufferedInputStream(script, 1 << 16);
    this.olderServer = olderServer;
  }

  /**
   * @throws IOException pg_restore is gone
   */
  void runIn(DatabaseSession session) throws IOException {
    boolean rowsFollow = false;
    for (byte[] line = line(); line.length > 0; line = line()) {
      String text = new String(line, StandardCharsets.UTF_8);
      if (rowsFollow && text.startsWith("COPY ") && text.stripTrailing().endsWith(" FROM stdin;")) {
        send(session);
        copy(session, text.strip());
        rowsFollow = false;
      } else if (!text.startsWith(NOT_FOR_THE_SERVER)
          && !(olderServer && text.startsWith(SINCE_17))) {
        rowsFollow = rowsFollow || text.startsWith(ROWS_FOLLOW);
        if (statements.size() > ENOUGH && BORDERS.stream().anyMatch(text::startsWith)) {
          send(session);
        }
        statements.write(line);
      }
    }
    send(session);
  }

  private void send(DatabaseSession session) {
    session.run(statements.toString(StandardCharsets.UTF_8));
    statements.reset();
  }

  private void copy(DatabaseSession session, String statement) throws IOException {
    Rows rows = new Rows();
    session.copy(statement, rows);
    rows.transferTo(OutputStream.nullOutputStream());
  }

  /** With its end; empty = there is none. */
  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = script.read(); next >= 0; next = script.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  /** Up to the line that ends them, which is none. */
  private final class Rows extends InputStream {
    private byte[] row = {};
    private int at;
    private boolean ended;

    @Override
    public int read() throws IOException {
      return more() ? row[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!more()) {
        return -1;
      }
      int copied = Math.min(length, row.length - at);
      System.arraycopy(row, at, into, offset, copied);
      at += copied;
      return copied;
    }

    private boolean more() throws IOException {
      if (!ended && at == row.length) {
        row = line();
        at = 0;
        if (row.length == 0) {
          throw new IOException("the script ends in the middle of a table's rows");
        }
        ended = Arrays.equals(row, END_OF_ROWS);
      }
      return !ended;
    }
  }
}
