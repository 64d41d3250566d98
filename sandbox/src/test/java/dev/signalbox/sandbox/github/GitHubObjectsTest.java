package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Blobs, trees, commits, and all files in one. */
class GitHubObjectsTest extends GitHubTest {
  @Override
  String file() {
    return "src/app.txt";
  }

  private String tree(String ref) {
    return server.get("/git/trees/" + ref).at("/sha").asText();
  }

  @Test
  void makesACommitFromBlobsAndTrees() {
    String blob =
        server
            .post("/git/blobs", "{'content':'" + base64("run\n") + "','encoding':'base64'}")
            .at("/sha")
            .asText();
    String tree =
        server
            .post(
                "/git/trees",
                "{'base_tree':'"
                    + tree("main")
                    + "','tree':[{'path':'bin/run','mode':'100755','type':'blob','sha':'"
                    + blob
                    + "'},{'path':'src/app.txt','mode':'100644','type':'blob','sha':null}]}")
            .at("/sha")
            .asText();
    GitHubServer.Answer commit =
        server.post(
            "/git/commits",
            "{'message':'By hand','tree':'" + tree + "','parents':['" + first + "']}");

    String sha = commit.at("/sha").asText();
    assertThat(commit.status()).isEqualTo(201);
    assertThat(server.patch("/git/refs/heads/main", "{'sha':'" + sha + "'}").status())
        .isEqualTo(200);
    GitHubServer.Answer whole = server.get("/git/trees/main?recursive=1");
    assertThat(whole.at("/tree/0/path").asText()).isEqualTo("bin");
    assertThat(whole.at("/tree/1/mode").asText()).isEqualTo("100755");
    assertThat(whole.json().at("/tree")).hasSize(2);
    assertThat(server.get("/git/blobs/" + blob).at("/content").asText().strip())
        .isEqualTo(base64("run\n"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesATreeAndACommitOfWhatIsNotThere() {
    String nothing = "a".repeat(40);

    assertThat(
            server
                .post(
                    "/git/trees", "{'tree':[{'path':'x','mode':'100644','sha':'" + nothing + "'}]}")
                .status())
        .isEqualTo(422);
    assertThat(server.post("/git/commits", "{'message':'x','tree':'" + nothing + "'}").status())
        .isEqualTo(422);
    assertThat(server.get("/git/trees/" + nothing).status()).isEqualTo(404);
    assertThat(server.get("/git/blobs/" + nothing).status()).isEqualTo(404);
  }

  @Test
  void listsCommitsOfOnePathAndOneAuthor() {
    String second = server.commit("main", "other.txt", "two\n");

    assertThat(server.get("/commits?path=src").at("/0/sha").asText()).isEqualTo(first);
    assertThat(server.get("/commits?path=other.txt").at("/0/sha").asText()).isEqualTo(second);
    assertThat(server.get("/commits?author=signalbox-sandbox").json()).hasSize(2);
    assertThat(server.get("/commits?author=somebody").json()).isEmpty();
  }

  @Test
  void packsAllFilesAsZip() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(server.bytes("/zipball/main")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }

    String top = "acme-inspector-" + first.substring(0, 7);
    assertThat(names).containsExactly(top + "/src/", top + "/src/app.txt");
  }

  @Test
  void packsAllFilesAsTarThatTarUnpacks() throws Exception {
    String deep = "very-long-name/".repeat(8) + "file.txt";
    server.commit("main", deep, "deep\n");
    Path tar = Files.write(directory.resolve("all.tar.gz"), server.bytes("/tarball"));

    Process process =
        new ProcessBuilder("tar", "xzf", tar.toString(), "--strip-components=1")
            .directory(Files.createDirectory(directory.resolve("out")).toFile())
            .inheritIO()
            .start();

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(directory.resolve("out/src/app.txt")).hasContent("one\n");
    assertThat(directory.resolve("out/" + deep)).hasContent("deep\n");
  }

  /** By the charset clients tell text from bytes. */
  @Test
  void sendsRawFilesAsTextWithACharset() {
    server.header("Accept", "application/vnd.github.raw+json");

    assertThat(server.get("/contents/src/app.txt").headers().get("Content-Type"))
        .contains("charset=utf-8");
  }

  @Test
  void sendsArchivesAsBytesWithoutACharset() {
    assertThat(server.get("/legacy.tar.gz/" + first).headers().get("Content-Type"))
        .isEqualTo("application/x-gzip");
  }
}
