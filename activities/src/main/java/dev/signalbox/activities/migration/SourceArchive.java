package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks the files of a commit. Whoever may push decides what is in it: nothing of it gets outside
 * of its directory, by a path or by a link, and no more comes out than we have room for.
 */
final class SourceArchive {
  private static final int BUFFER = 64 * 1024;

  private static final Set<Byte> FILES =
      Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG);

  private final Limits limits;
  private final String what;

  /**
   * @param what is unpacked, for messages
   */
  SourceArchive(String what, Limits limits) {
    this.what = what;
    this.limits = limits;
  }

  /**
   * How much may come.
   *
   * @param packed bytes of the archive
   * @param unpacked bytes of all files
   * @param entries files, directories and links
   */
  record Limits(long packed, long unpacked, int entries) {
    /** Far above any repository that is deployed, far below a disk. */
    static final Limits USUAL = new Limits(512L << 20, 2L << 30, 250_000);
  }

  /**
   * @param into an empty directory
   * @return where the files are: the one directory that GitHub puts above them
   * @throws MigrationException something in it leads outside, is no file, or is too much
   */
  Path unpack(Path archive, Path into) {
    Path root = into.toAbsolutePath().normalize();
    Map<Path, String> links = new LinkedHashMap<>();
    long left = limits.unpacked();
    int entries = 0;
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > limits.entries()) {
          throw refused("it has more than " + limits.entries() + " files");
        }
        Path path = inside(root, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          links.put(path, entry.getLinkName());
        } else if (FILES.contains(entry.getLinkFlag())) {
          left -= write(tar, entry, path, left);
        } else {
          throw refused(entry.getName() + " is neither a file, a directory nor a symbolic link");
        }
      }
      link(root, links);
      return only(root);
    } catch (FileAlreadyExistsException twice) {
      throw refused(root.relativize(Path.of(twice.getFile())) + " is in it twice");
    } catch (IOException broken) {
      throw new MigrationException(
          Fault.TOOL,
          "Unpacking the project's files",
          what,
          String.valueOf(broken.getMessage()),
          "See that there is room on this disk; what was unpacked is removed.");
    }
  }

  private Path inside(Path root, String name) {
    try {
      Path path = root.resolve(name).normalize();
      if (path.startsWith(root)) {
        return path;
      }
    } catch (InvalidPathException odd) {
      // As one that leads outside.
    }
    throw refused(name + " leads outside of its directory");
  }

  private long write(InputStream from, TarArchiveEntry entry, Path path, long left)
      throws IOException {
    Files.createDirectories(path.getParent());
    long written = 0;
    // Links come last, so that no file can be written through one.
    try (OutputStream to = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        written += read;
        if (written > left) {
          throw refused("its files are more than " + limits.unpacked() / (1024 * 1024) + " MiB");
        }
        to.write(buffer, 0, read);
      }
    }
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return written;
  }

  /** Each is looked at when all are there: only then is it known where one leads through others. */
  private void link(Path root, Map<Path, String> links) throws IOException {
    for (Map.Entry<Path, String> link : links.entrySet()) {
      inside(root, root.relativize(link.getKey().getParent()).resolve(link.getValue()).toString());
      Files.createDirectories(link.getKey().getParent());
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
    Path real = root.toRealPath();
    for (Path link : links.keySet()) {
      boolean leadsSomewhere = Files.exists(link);
      if (leadsSomewhere && !link.toRealPath().startsWith(real)) {
        throw refused(root.relativize(link) + " leads outside of its directory");
      }
    }
  }

  private Path only(Path root) throws IOException {
    try (var children = Files.list(root)) {
      var all = children.toList();
      if (all.size() == 1 && Files.isDirectory(all.get(0), LinkOption.NOFOLLOW_LINKS)) {
        return all.get(0);
      }
      throw refused("it has not one directory above all files, as GitHub packs them");
    }
  }

  private MigrationException refused(String why) {
    return new MigrationException(
        Fault.PROJECT,
        "Unpacking the project's files",
        what,
        why,
        "Correct the repository; nothing was run.");
  }
}
