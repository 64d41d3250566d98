package dev.signalbox.sandbox.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of a commit in one file, below a directory of their own, as GitHub packs them. */
public final class Archive {

  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final String LINK = "120000";
  private static final String PROGRAM = "100755";

  private final GitObjects objects;
  private final Commit commit;
  private final String directory;

  /**
   * @param directory above all files: OWNER-NAME-SHA at GitHub
   */
  public Archive(GitRepository repository, Commit commit, String directory) {
    this.objects = repository.objects();
    this.commit = commit;
    this.directory = directory;
  }

  /** A zip file. */
  public byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (GitObjects.Entry entry : objects.entries(commit.tree(), true)) {
        boolean tree = entry.type().equals("tree");
        ZipEntry file = new ZipEntry(directory + "/" + entry.path() + (tree ? "/" : ""));
        file.setTimeLocal(LocalDateTime.ofInstant(at(), ZoneOffset.UTC));
        zip.putNextEntry(file);
        if (entry.type().equals("blob")) {
          zip.write(content(entry));
        }
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A tar file, packed with gzip. */
  public byte[] tarGz() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      header(out, directory + "/", "0000755", 0, '5', "");
      for (GitObjects.Entry entry : objects.entries(commit.tree(), true)) {
        file(out, entry);
      }
      out.write(new byte[2 * BLOCK]);
    }
    return bytes.toByteArray();
  }

  private void file(OutputStream out, GitObjects.Entry entry) throws IOException {
    String path = directory + "/" + entry.path();
    if (!entry.type().equals("blob")) {
      named(out, path + "/", "0000755", 0, '5', "");
      return;
    }
    byte[] content = content(entry);
    if (entry.mode().equals(LINK)) {
      named(out, path, "0000777", 0, '2', new String(content, StandardCharsets.UTF_8));
      return;
    }
    named(out, path, entry.mode().equals(PROGRAM) ? "0000755" : "0000644", content.length, '0', "");
    padded(out, content);
  }

  private byte[] content(GitObjects.Entry entry) {
    return objects.blob(entry.sha()).orElseThrow();
  }

  private Instant at() {
    return commit.committer().at();
  }

  /** A header, with a longer one of POSIX before it when the path is too long for it. */
  private void named(OutputStream out, String path, String mode, int size, char type, String link)
      throws IOException {
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      byte[] attribute = attribute("path", path);
      header(out, "pax_header", "0000644", attribute.length, 'x', "");
      padded(out, attribute);
    }
    header(out, path, mode, size, type, link);
  }

  /** {@code LENGTH KEY=VALUE\n}, where the length counts itself. */
  private static byte[] attribute(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int whole = length + Integer.toString(length).length();
    if (Integer.toString(whole).length() > Integer.toString(length).length()) {
      whole++;
    }
    return (whole + rest).getBytes(StandardCharsets.UTF_8);
  }

  /** A block of the format ustar. */
  private void header(OutputStream out, String path, String mode, int size, char type, String link)
      throws IOException {
    byte[] block = new byte[BLOCK];
    put(block, 0, path, LONGEST_NAME);
    put(block, 100, mode, 7);
    put(block, 108, "0000000", 7);
    put(block, 116, "0000000", 7);
    put(block, 124, String.format("%011o", size), 11);
    put(block, 136, String.format("%011o", at().getEpochSecond()), 11);
    put(block, 148, " ".repeat(8), 8);
    block[156] = (byte) type;
    put(block, 157, link, LONGEST_NAME);
    put(block, 257, "ustar", 5);
    put(block, 263, "00", 2);
    int sum = 0;
    for (byte one : block) {
      sum += one & 0xff;
    }
    put(block, 148, String.format("%06o", sum), 6);
    block[154] = 0;
    out.write(block);
  }

  private static void put(byte[] block, int at, String text, int longest) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, longest));
  }

  private static void padded(OutputStream out, byte[] content) throws IOException {
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }
}
