package dev.signalbox.activities.backup;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.workflows.backup.Receipt;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A stream whose bytes are counted and hashed on their way. */
final class CheckedFile extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;
  private long bytes;

  CheckedFile(InputStream file) {
    super(file);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public int read() throws IOException {
    int single = super.read();
    if (single >= 0) {
      digest.update((byte) single);
      bytes++;
    }
    return single;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0) {
      digest.update(into, offset, read);
      bytes += read;
    }
    return read;
  }

  // By what a pipe holds: an eighth of the calls that InputStream's own buffer takes.
  @Override
  public long transferTo(OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long before = bytes;
    for (int read = read(buffer, 0, BUFFER); read >= 0; read = read(buffer, 0, BUFFER)) {
      to.write(buffer, 0, read);
    }
    return bytes - before;
  }

  long bytes() {
    return bytes;
  }

  /** 64 hex; ends the hashing. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Reads what is left. */
  void drain() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  /**
   * Says whether all that was read is the file of this receipt.
   *
   * @throws ArchiveException it is another one
   */
  void requireSame(Receipt receipt) {
    String read = sha256();
    if (bytes != receipt.bytes() || !read.equals(receipt.sha256())) {
      throw ArchiveException.spoiled(
          "Reading the backup " + receipt.id(),
          receipt.where(),
          "it is not the file that was written: "
              + (bytes == receipt.bytes()
                  ? "other bytes"
                  : bytes + " bytes instead of " + receipt.bytes())
              + " (SHA-256 "
              + read
              + " instead of "
              + receipt.sha256()
              + ")",
          null);
    }
  }

  /**
   * Copies into a program; one that ends before it has read all says why by itself.
   *
   * @throws IOException the source cannot be read
   */
  void feed(OutputStream program) throws IOException {
    byte[] buffer = new byte[BUFFER];
    boolean reads = true;
    for (int read = read(buffer, 0, BUFFER); read >= 0; read = read(buffer, 0, BUFFER)) {
      reads = reads && given(program, buffer, read);
    }
    close(program);
  }

  private static boolean given(OutputStream program, byte[] buffer, int length) {
    try {
      program.write(buffer, 0, length);
      return true;
    } catch (IOException ended) {
      return false;
    }
  }

  private static void close(OutputStream program) {
    try {
      program.close();
    } catch (IOException ended) {
      // It has said why.
    }
  }
}
