package dev.signalbox.activities.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A directory on a disk that is full: every file is the kernel's own device that always is. */
public final class FullDisk {
  private FullDisk() {}

  public static ArchiveStore at(Path root) {
    return new DirectoryStore(root) {
      @Override
      FileChannel create(Path file) throws IOException {
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        return FileChannel.open(file, StandardOpenOption.WRITE);
      }
    };
  }
}
