package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for one piece of work, which is gone with it. One that a killed worker left is
 * removed when the next is made: its lock is held by nobody any more.
 */
final class WorkDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkDirectory.class);
  private static final String LOCK = ".lock";

  // A file lock is the whole process's; this one is between its threads.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  // Not even opened by who looks for left ones: on POSIX systems whoever closes a file gives up all
  // locks that his process has on it (FileLock's manual), and another process would take it then.
  private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final Path lockFile;
  private final FileChannel channel;

  private WorkDirectory(Path directory, Path lockFile, FileChannel channel) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /**
   * @param base of all work directories of this user
   * @throws MigrationException it cannot be written
   */
  static WorkDirectory make(Path base) {
    IN_THIS_PROCESS.lock();
    try {
      if (!Files.isDirectory(base)) {
        Files.createDirectories(base.getParent());
        Files.createDirectory(
            base,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      // Nobody may take a directory for left behind between its making and its locking.
      try (FileChannel all = open(base.resolve("all"));
          FileLock held = all.lock()) {
        if (held.isValid()) {
          removeLeft(base);
        }
        Path directory = Files.createDirectory(base.resolve(UUID.randomUUID().toString()));
        Path lockFile = base.resolve(directory.getFileName() + LOCK);
        FileChannel channel = open(lockFile);
        channel.lock();
        OF_THIS_PROCESS.add(lockFile);
        return new WorkDirectory(directory, lockFile, channel);
      }
    } catch (IOException unwritable) {
      throw new MigrationException(
          Fault.TOOL,
          "Making a work directory",
          base.toString(),
          String.valueOf(unwritable.getMessage()),
          "See that this user may write there, and that the disk has room.");
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void removeLeft(Path base) throws IOException {
    List<Path> locks;
    try (Stream<Path> files = Files.list(base)) {
      locks =
          files
              .filter(file -> file.toString().endsWith(LOCK) && !OF_THIS_PROCESS.contains(file))
              .toList();
    }
    for (Path lock : locks) {
      try (FileChannel channel = open(lock);
          FileLock free = channel.tryLock()) {
        if (free != null) {
          remove(Path.of(lock.toString().substring(0, lock.toString().length() - LOCK.length())));
          Files.deleteIfExists(lock);
        }
      }
    }
  }

  Path path() {
    return directory;
  }

  /** What cannot be removed now is removed when the next one is made. */
  @Override
  public void close() {
    try (channel) {
      remove(directory);
      Files.deleteIfExists(lockFile);
      OF_THIS_PROCESS.remove(lockFile);
    } catch (IOException left) {
      log.warn("work directory left directory={} cause={}", directory, left.toString());
    }
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    // Links are removed and not followed.
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, IOException unread)
              throws IOException {
            Files.deleteIfExists(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
