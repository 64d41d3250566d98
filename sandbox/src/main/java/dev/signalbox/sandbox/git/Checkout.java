package dev.signalbox.sandbox.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a tree on the disk, as a build finds them. Links are left out. */
final class Checkout {
  private static final String LINK = "120000";
  private static final String PROGRAM = "100755";

  private final GitObjects objects;

  Checkout(GitObjects objects) {
    this.objects = objects;
  }

  /**
   * @param path of a directory below the tree; empty = all of it
   */
  void write(String tree, String path, Path into) {
    String prefix = path.isEmpty() ? "" : path + "/";
    try {
      for (GitObjects.Entry entry : objects.entries(tree, true)) {
        boolean file = entry.type().equals("blob") && !entry.mode().equals(LINK);
        if (file && entry.path().startsWith(prefix)) {
          Path target = into.resolve(entry.path().substring(prefix.length()));
          Files.createDirectories(target.getParent());
          Files.write(target, objects.blob(entry.sha()).orElseThrow());
          if (entry.mode().equals(PROGRAM) && !target.toFile().setExecutable(true)) {
            throw new IOException(target + " cannot be made executable");
          }
        }
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException("checking out " + tree, unwritable);
    }
  }
}
