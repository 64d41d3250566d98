package dev.signalbox.starter.cli;

import dev.signalbox.starter.Sender;
import dev.signalbox.workers.engine.EngineConnection;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What a command sees of the world, so that tests can give it another one.
 *
 * @param directory where {@code signalbox.toml} and {@code .signalbox} are looked for
 * @param started when the command was given
 * @param screen whether stdout is a terminal on which lines can be drawn again
 * @param heard who said it at which other door; null = it was typed at a terminal
 * @param person whether somebody sits at the other end and can be asked
 */
public record Surroundings(
    Map<String, String> environment,
    Path directory,
    PrintStream out,
    PrintStream err,
    InputStream in,
    boolean person,
    boolean screen,
    Instant started,
    Heard heard) {

  /** Somebody at a terminal. */
  public Surroundings(
      Map<String, String> environment,
      Path directory,
      PrintStream out,
      PrintStream err,
      InputStream in,
      boolean person,
      boolean screen,
      Instant started) {
    this(environment, directory, out, err, in, person, screen, started, null);
  }

  /**
   * A command that came by a door of the gateway.
   *
   * @param engine the gateway's connection
   * @param left told the run and the id of a decision that was left with the engine
   */
  record Heard(Sender sender, EngineConnection engine, BiConsumer<String, String> left) {}

  /** This process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        new PrintStream(
            new BufferedOutputStream(new Readers(new FileOutputStream(FileDescriptor.out))),
            true,
            StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        System.in,
        // The launcher knows: from JDK 22 on, System.console() is there in a pipe too.
        Boolean.getBoolean("signalbox.terminal"),
        Boolean.getBoolean("signalbox.screen") && !"dumb".equals(System.getenv("TERM")),
        ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
  }

  /** The door that what is said comes by. */
  String door() {
    return heard == null ? "cli" : heard.sender().door();
  }

  /** What is said comes under this id: at a door under the same one when it comes again. */
  String decisionId() {
    return heard == null ? UUID.randomUUID().toString() : heard.sender().decisionId();
  }

  /** Whether colours are wanted (https://no-color.org). */
  boolean colours() {
    return screen && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }
}
