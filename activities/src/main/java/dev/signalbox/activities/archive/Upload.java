package dev.signalbox.activities.archive;

import java.io.OutputStream;

/** A file that is being written. Closed without {@link #complete}, nothing of it is left. */
public abstract class Upload extends OutputStream {
  @Override
  public final void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  /**
   * @throws ArchiveException the place is full or away
   */
  @Override
  public abstract void write(byte[] bytes, int offset, int length);

  /**
   * Makes it durable, and only then to be seen under its name.
   *
   * @throws ArchiveException it is not there
   */
  public abstract void complete();

  /** Removes what was written unless it is complete; never fails. */
  @Override
  public abstract void close();
}
