package dev.signalbox.activities.archive;

import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Files by name, written once as a whole and read as a stream.
 *
 * <p>Names are paths without a beginning slash, of letters, digits and {@code . _ - /}; another one
 * is an {@link IllegalArgumentException}. All that goes wrong outside is an {@link
 * ArchiveException}.
 */
public interface ArchiveStore extends AutoCloseable {
  /**
   * Begins a file. Nothing is to be seen under its name until {@link Upload#complete}, which also
   * replaces what was there. What a former writer of this name left unfinished is removed first.
   */
  Upload begin(String name);

  /**
   * The file from its first byte; an {@link ArchiveException} of kind not-found when there is none.
   */
  InputStream get(String name);

  /** The files whose names begin so, by name. Unfinished ones are none. */
  List<Entry> list(String prefix);

  /** Removes the file; none is as good as removed. */
  void delete(String name);

  /** How many bytes the file has; empty when there is none. */
  Optional<Long> size(String name);

  /** Where people find the file, without credentials. */
  URI place(String name);

  /** Lets go of connections. */
  @Override
  void close();

  /**
   * @param changed when it was written
   */
  record Entry(String name, long bytes, Instant changed) {}
}
