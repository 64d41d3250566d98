package dev.signalbox.sandbox.github;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A GitHub of its own for each test, whose {@code main} holds one file. */
abstract class GitHubTest {
  @TempDir Path directory;
  GitHubServer server;

  /** The SHA of the only commit. */
  String first;

  @BeforeEach
  void start() {
    server = new GitHubServer(directory);
    first = server.commit("main", file(), "one\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  String file() {
    return "app.txt";
  }
}
