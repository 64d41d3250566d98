package dev.signalbox.starter.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Runs commands and keeps what they print. */
public final class Terminal {
  /** The least that a project needs to say. */
  private static final String LEAST =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "0f0c"
      [services.web]
      [environments.production]
      branch = "main"
      """;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private String typed = "";
  private Duration startingUp = Duration.ZERO;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  public Terminal(Path directory) {
    this.directory = directory;
    // Whoever runs the tests may have a profile of their own.
    environment.put("TEMPORAL_CONFIG_FILE", directory.resolve("no-profile.toml").toString());
    environment.put("SIGNALBOX_USER", "ana");
  }

  /** One in a project of which the file says the least. */
  static Terminal inAProject(Path directory) throws IOException {
    Files.writeString(directory.resolve("signalbox.toml"), LEAST);
    return new Terminal(directory);
  }

  public Terminal with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** What somebody at the terminal types when the next commands ask. */
  public Terminal typing(String lines) {
    typed = lines;
    return this;
  }

  /** The next commands were given this long before they get to their work. */
  public Terminal slowToStartBy(Duration time) {
    startingUp = time;
    return this;
  }

  public int run(String... arguments) {
    out.reset();
    err.reset();
    return SignalboxCli.run(
        new Surroundings(
            environment,
            directory,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            !typed.isEmpty(),
            false,
            Instant.now().minus(startingUp)),
        arguments);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
