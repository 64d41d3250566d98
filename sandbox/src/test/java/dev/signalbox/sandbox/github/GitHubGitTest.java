package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.git.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With the real {@code git} on the other side. */
class GitHubGitTest extends GitHubTest {
  private record Outcome(int code, String output) {}

  private Outcome git(Path where, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=ana", "-c", "user.email=ana@example.org"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "git", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(output));
  }

  private String withPassword(String password) {
    return server.cloneUrl().replace("http://", "http://x-access-token:" + password + "@");
  }

  private Path cloned() throws Exception {
    Path copy = directory.resolve("copy");
    Outcome outcome = git(directory, "clone", "-q", withPassword(GitHubServer.TOKEN), "copy");
    assertThat(outcome.code()).as(outcome.output()).isZero();
    return copy;
  }

  @Test
  void isClonedByAnybodyOnThisMachine() throws Exception {
    Outcome outcome = git(directory, "clone", "-q", server.cloneUrl(), "copy");

    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(directory.resolve("copy/app.txt")).hasContent("one\n");
  }

  @Test
  void takesAPushAndTellsTheListeners() throws Exception {
    List<String> heard = new ArrayList<>();
    server.repository.onPush(
        (branch, before, after) -> heard.add(branch + " " + before + " " + after));
    Path copy = cloned();
    Files.writeString(copy.resolve("app.txt"), "two\n");
    git(copy, "commit", "-qam", "Two");

    Outcome outcome = git(copy, "push", "-q", "origin", "HEAD:main");

    assertThat(outcome.code()).as(outcome.output()).isZero();
    String tip = server.repository.tip("main").orElseThrow();
    assertThat(server.repository.read(tip, "app.txt")).map(String::new).contains("two\n");
    assertThat(heard).containsExactly("main " + first + " " + tip);
    Journal.Entry entry =
        server.journal.entries().stream()
            .filter(one -> one.operation().equals("POST /{owner}/{repo}.git/git-receive-pack"))
            .findFirst()
            .orElseThrow();
    assertThat(entry.changedState()).isTrue();
    assertThat(entry.door()).isEqualTo("git");
    assertThat(entry.target().branch()).isEqualTo("main");
  }

  @Test
  void tellsEveryListenerThePushesInTheirOrder() {
    List<String> heard = new ArrayList<>();
    server.repository.onPush(
        (branch, before, after) -> {
          if (branch.equals("main")) {
            server.repository.branch("staging", after);
          }
        });
    server.repository.onPush((branch, before, after) -> heard.add(branch));

    server.commit("main", "app.txt", "two\n");

    assertThat(heard).containsExactly("main", "staging");
  }

  @Test
  void takesNoPushWithAWrongPassword() throws Exception {
    Path copy = cloned();
    Files.writeString(copy.resolve("app.txt"), "two\n");
    git(copy, "commit", "-qam", "Two");

    Outcome outcome = git(copy, "push", "-q", withPassword("wrong"), "HEAD:main");

    assertThat(outcome.code()).isNotZero();
    assertThat(server.repository.tip("main")).contains(first);
  }

  @Test
  void fetchesWhatThePullRequestMergeMade() throws Exception {
    Path copy = cloned();
    String head = server.commit("staging", "app.txt", "two\n");
    server.post("/pulls", "{'head':'staging','base':'main','title':'Promote'}");
    String merged = server.put("/pulls/1/merge", "{'sha':'" + head + "'}").at("/sha").asText();

    git(copy, "pull", "-q");

    assertThat(git(copy, "rev-parse", "HEAD").output().strip()).isEqualTo(merged);
    assertThat(git(copy, "fsck", "--strict").code()).isZero();
  }

  @Test
  void copiesAnExistingRepositoryAndNeverWritesIt() throws Exception {
    Path original = cloned();
    git(original, "checkout", "-q", "-b", "feature/x");
    git(original, "pack-refs", "--all");
    List<String> before = listing(original);

    try (GitRepository copy =
        GitRepository.cloneOf(original, directory.resolve("bare.git"), "acme/copy")) {
      copy.push("main", Map.of("new.txt", new byte[] {1}), "New");

      assertThat(copy.branches()).containsExactly("feature/x", "main");
      assertThat(copy.resolve("feature/x")).contains(first);
    }
    assertThat(listing(original)).isEqualTo(before);
  }

  private static List<String> listing(Path where) throws IOException {
    try (var files = Files.walk(where)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
      return lines;
    }
  }
}
