package dev.signalbox.sandbox.git;

/**
 * A file or directory of a tree.
 *
 * @param type {@code file} or {@code dir}
 * @param size in bytes; 0 for a directory
 */
public record TreeEntry(String path, String type, String sha, long size) {

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
