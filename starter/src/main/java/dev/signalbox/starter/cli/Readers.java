package dev.signalbox.starter.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Stdout as whoever reads it wants it: a reader who leaves before the end ({@code | head -1}) has
 * what was wanted, so a closed pipe swallows the rest. Every other failure is one.
 */
final class Readers extends OutputStream {
  private final OutputStream to;
  private boolean left;

  Readers(OutputStream to) {
    this.to = to;
  }

  @Override
  public void write(int character) throws IOException {
    write(new byte[] {(byte) character}, 0, 1);
  }

  @Override
  public void write(byte[] text, int start, int length) throws IOException {
    if (left) {
      return;
    }
    try {
      to.write(text, start, length);
    } catch (IOException failure) {
      if (!closedPipe(failure)) {
        throw failure;
      }
      left = true;
    }
  }

  /** Java has no kind of its own for EPIPE: only the system's words say it. */
  private static boolean closedPipe(IOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }
}
