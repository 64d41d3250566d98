package dev.signalbox.sandbox.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Copies what a bare clone needs out of somebody's repository, file by file.
 *
 * <p>Why not a clone through JGit: JGit measures the time stamps of a file system by writing probe
 * files into the repository it opens, and the original must never be written.
 */
final class OriginalCopy {

  private static final List<String> PARTS =
      List.of("objects", "refs/heads", "refs/tags", "packed-refs", "HEAD");

  private OriginalCopy() {}

  static void into(Path original, Path directory) throws IOException {
    Path gitDirectory = gitDirectory(original);
    if (Files.exists(gitDirectory.resolve("shallow"))) {
      throw new IllegalArgumentException(
          original
              + " is a shallow clone, of which nobody can clone again; fetch the rest first: git -C "
              + original
              + " fetch --unshallow");
    }
    for (String part : PARTS) {
      // HEAD and the branch tips of a linked work tree live apart; the shared parts decide what
      // exists.
      Path source = gitDirectory.resolve(part);
      if (Files.isDirectory(source)) {
        copyTree(source, directory.resolve(part));
      } else if (Files.exists(source)) {
        Files.copy(source, directory.resolve(part));
      }
    }
    Files.createDirectories(directory.resolve("refs/heads"));
    absoluteAlternates(gitDirectory, directory);
  }

  private static Path gitDirectory(Path original) throws IOException {
    Path inside = original.resolve(".git");
    if (Files.isDirectory(inside)) {
      return inside;
    }
    if (Files.isRegularFile(inside)) {
      // A linked work tree: .git is a file "gitdir: <path>", whose commondir names the shared
      // repository.
      String target = Files.readString(inside).strip().substring("gitdir:".length()).strip();
      Path linked = original.resolve(target).normalize();
      Path common = linked.resolve("commondir");
      return Files.exists(common)
          ? linked.resolve(Files.readString(common).strip()).normalize()
          : linked;
    }
    if (Files.isDirectory(original.resolve("objects")) && Files.exists(original.resolve("HEAD"))) {
      return original;
    }
    throw new IllegalArgumentException(
        original + " holds no git repository: neither a .git inside it nor a bare repository");
  }

  private static void copyTree(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(target.resolve(source.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.getFileName().toString().endsWith(".lock")) {
              Files.copy(file, target.resolve(source.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Borrowed object stores may be named relative to the original. */
  private static void absoluteAlternates(Path gitDirectory, Path directory) throws IOException {
    Path alternates = directory.resolve("objects/info/alternates");
    if (!Files.exists(alternates)) {
      return;
    }
    Path objects = gitDirectory.resolve("objects").toAbsolutePath();
    List<String> lines =
        Files.readAllLines(alternates).stream()
            .map(line -> objects.resolve(line).normalize().toString())
            .toList();
    Files.write(alternates, lines);
  }
}
