package dev.signalbox.activities.archive;

import dev.signalbox.activities.archive.ArchiveException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory. A file is written under another name beside its own, brought to the disk and
 * renamed. Only its owner may read what is in it: backups hold everything that the database holds.
 */
class DirectoryStore implements ArchiveStore {
  /** Begins with a dot, as no name of the archive does; then the name, and an id of this length. */
  private static final String UNFINISHED = ".unfinished-";

  private static final int ID = 36;

  private final Path root;

  DirectoryStore(Path root) {
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("archive directory: want an absolute path, got " + root);
    }
    this.root = root;
  }

  @Override
  public Upload begin(String name) {
    Path file = file(name);
    return doing(
        "Writing to the archive",
        file,
        () -> {
          makeDirectories(file.getParent());
          removeUnfinished(file);
          Path beside = file.resolveSibling(unfinished(file) + UUID.randomUUID());
          return new FileUpload(file, beside, create(beside));
        });
  }

  @Override
  public InputStream get(String name) {
    Path file = file(name);
    return doing("Reading from the archive", file, () -> Files.newInputStream(file));
  }

  @Override
  public List<Entry> list(String prefix) {
    return doing(
        "Listing the archive",
        root,
        () -> {
          if (!Files.isDirectory(root)) {
            return List.<Entry>of();
          }
          List<Entry> entries = new ArrayList<>();
          try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
              String name = root.relativize(file).toString().replace('\\', '/');
              if (name.startsWith(prefix) && !file.getFileName().toString().startsWith(".")) {
                entry(file, name).ifPresent(entries::add);
              }
            }
          }
          entries.sort(Comparator.comparing(Entry::name));
          return List.copyOf(entries);
        });
  }

  /** Empty where somebody removes it just now. */
  private static Optional<Entry> entry(Path file, String name) throws IOException {
    try {
      return Optional.of(
          new Entry(name, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(String name) {
    Path file = file(name);
    doing("Removing from the archive", file, () -> Files.deleteIfExists(file));
  }

  @Override
  public Optional<Long> size(String name) {
    Path file = file(name);
    return doing(
        "Reading from the archive",
        file,
        () -> Files.isRegularFile(file) ? Optional.of(Files.size(file)) : Optional.<Long>empty());
  }

  @Override
  public URI place(String name) {
    return file(name).toUri();
  }

  @Override
  public void close() {
    // Holds nothing open.
  }

  /** A new file; fails where there is one. */
  FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly("rw"));
  }

  private Path file(String name) {
    return root.resolve(ArchiveName.of(name));
  }

  private void makeDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, ownerOnly("rwx"));
  }

  private FileAttribute<?>[] ownerOnly(String rights) {
    return root.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              PosixFilePermissions.fromString(rights.length() == 3 ? "rwx------" : "rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String unfinished(Path file) {
    return UNFINISHED + file.getFileName() + "-";
  }

  private static void removeUnfinished(Path file) throws IOException {
    String begin = unfinished(file);
    try (Stream<Path> siblings = Files.list(file.getParent())) {
      for (Path sibling : siblings.toList()) {
        String name = sibling.getFileName().toString();
        if (name.startsWith(begin) && name.length() == begin.length() + ID) {
          Files.deleteIfExists(sibling);
        }
      }
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private static <T> T doing(String tried, Path on, Step<T> step) {
    try {
      return step.run();
    } catch (IOException failed) {
      throw failure(tried, on, failed);
    } catch (UncheckedIOException failed) {
      throw failure(tried, on, failed.getCause());
    }
  }

  private static ArchiveException failure(String tried, Path on, IOException failed) {
    if (failed instanceof NoSuchFileException) {
      return new ArchiveException(
          Kind.NOT_FOUND, tried, on.toString(), "there is no such file", "", failed);
    }
    if (failed instanceof AccessDeniedException) {
      return new ArchiveException(
          Kind.REFUSED,
          tried,
          on.toString(),
          "the worker's user may not do that",
          "Give it the rights, or name another directory in [archive] store.",
          failed);
    }
    String answer = answer(failed);
    return full(answer)
        ? new ArchiveException(
            Kind.FULL,
            tried,
            on.toString(),
            "the disk is full (" + answer + ")",
            "Make room, or name another place in [archive] store.",
            failed)
        : new ArchiveException(
            Kind.REFUSED, tried, on.toString(), answer, "Look at the disk of the worker.", failed);
  }

  /** The system's words without the path, which is said already. */
  private static String answer(IOException failed) {
    return failed instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(failed.getMessage());
  }

  // The words of Linux and macOS for ENOSPC and EDQUOT; Java has no type for them.
  private static boolean full(String answer) {
    return answer.contains("No space left on device") || answer.contains("quota exceeded");
  }

  private static final class FileUpload extends Upload {
    private final Path file;
    private final Path beside;
    private final FileChannel channel;
    private boolean complete;

    FileUpload(Path file, Path beside, FileChannel channel) {
      this.file = file;
      this.beside = beside;
      this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      doing(
          "Writing to the archive",
          file,
          () -> {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
              channel.write(rest);
            }
            return null;
          });
    }

    @Override
    public void complete() {
      doing(
          "Writing to the archive",
          file,
          () -> {
            channel.force(true);
            channel.close();
            Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            bringToDisk(file.getParent());
            complete = true;
            return null;
          });
    }

    /** A rename is on the disk when its directory is; not every system opens directories. */
    private static void bringToDisk(Path directory) {
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      } catch (IOException unsupported) {
        // The file itself is there; this was all that could be done for its name.
      }
    }

    @Override
    public void close() {
      if (complete) {
        return;
      }
      try {
        channel.close();
        Files.deleteIfExists(beside);
      } catch (IOException left) {
        // The next writer of this name removes it.
      }
    }
  }
}
