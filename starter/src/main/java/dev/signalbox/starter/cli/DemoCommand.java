package dev.signalbox.starter.cli;

import dev.signalbox.starter.demo.Act;
import dev.signalbox.starter.demo.ActResult;
import dev.signalbox.starter.demo.Acts;
import dev.signalbox.starter.demo.Stage;
import dev.signalbox.starter.demo.Telling;
import dev.signalbox.workers.Logs;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays the whole story on this machine: no account, no server. */
@Command(
    name = "demo",
    description =
        "The whole story on this machine: a promotion with its migration, a killed worker, a"
            + " rollback, and a schema from which none leads back.")
final class DemoCommand extends SignalboxCommand {
  @Option(names = "--manual", description = "You approve, in another terminal.")
  boolean manual;

  @Option(names = "--keep", description = "Leave everything running at the end, until Ctrl-C.")
  boolean keep;

  @Option(
      names = "--act",
      paramLabel = "NAME",
      description =
          "One act alone: promotion, kill, rollback, no-way-back, and preview or"
              + " monitor, which are played alone only.")
  String only;

  @Option(names = "--no-input", hidden = true, description = "It asks nothing but by --manual.")
  boolean noInput;

  @Option(names = "--address", hidden = true, description = "Refused: it brings its own engine.")
  String address;

  DemoCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    requireNothingThatItWouldIgnore();
    List<Act> acts = acts();
    Path directory = freshDirectory();
    Logs.toFile(env(), directory);
    Instant began = Instant.now();
    AtomicBoolean over = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> goodbye(over, directory)));
    printer()
        .line("Setting up a sandbox (Railway, GitHub), a PostgreSQL, an engine and a worker …");
    try (Stage stage = Stage.setUp(directory)) {
      introduce(stage, directory, began);
      List<ActResult> results = new ArrayList<>();
      for (Act act : acts) {
        printer().line("");
        printer().line("Act " + act.number() + ": " + act.headline());
        results.add(act.play(stage, new Story(), manual));
      }
      boolean ok = results.stream().allMatch(ActResult::asExpected);
      summary(results, ok, seconds(began));
      printer().object(object(results, ok, seconds(began), stage));
      over.set(true);
      if (keep) {
        stay(stage);
      }
      return ok ? Exit.DONE : Exit.NOT_SO;
    } finally {
      over.set(true);
    }
  }

  private void goodbye(AtomicBoolean over, Path files) {
    if (!over.get()) {
      printer()
          .aside(
              "Interrupted: the engine was in this process, so the demo and all that it started end"
                  + " here; its files stay in "
                  + files);
    }
  }

  private void requireNothingThatItWouldIgnore() {
    if (address != null) {
      throw new TroubleException(
          Trouble.usage(
              "Playing the demo",
              "--address " + address,
              "the demo always brings its own engine",
              "Leave --address out."));
    }
    if (manual && noInput) {
      throw new TroubleException(
          Trouble.usage(
              "Playing the demo",
              "--manual with --no-input",
              "one waits for you, the other says that nobody is there",
              "Leave one of them out."));
    }
  }

  private List<Act> acts() {
    if (only == null) {
      return Acts.all();
    }
    List<Act> chosen = Acts.named().stream().filter(act -> act.name().equals(only)).toList();
    if (chosen.isEmpty()) {
      throw new TroubleException(
          Trouble.usage(
              "Choosing the act",
              only,
              "there is none of this name",
              "There are: "
                  + String.join(", ", Acts.named().stream().map(Act::name).toList())
                  + "."));
    }
    return chosen;
  }

  private Path freshDirectory() {
    try {
      Path parent = Files.createDirectories(directory().resolve(".signalbox"));
      return Files.createTempDirectory(parent, "demo-");
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making the demo's directory", unwritable);
    }
  }

  private void introduce(Stage stage, Path directory, Instant began) {
    stage.urls().forEach((name, url) -> printer().line(String.format("  %-9s %s", name, url)));
    printer().line("  files     " + directory);
    printer()
        .line(
            "Ready after "
                + seconds(began)
                + " s. Its signalbox.toml sets short times (soak 5 s, poll 500 ms, settle 3 s), so"
                + " that you need not wait.");
  }

  private void summary(List<ActResult> results, boolean ok, double seconds) {
    printer().line("");
    printer()
        .line(
            String.format(
                "%-4s %-11s %-11s %-8s %s",
                "act", "name", "result", "seconds", "effects on production"));
    for (ActResult result : results) {
      printer()
          .line(
              String.format(
                  Locale.ROOT,
                  "%-4d %-11s %-11s %-8.1f %s",
                  result.act(),
                  result.name(),
                  result.result(),
                  result.seconds(),
                  result.mutations()));
      if (!result.asExpected()) {
        printer().line("     NOT AS EXPECTED (" + result.expected() + "): " + result.remark());
      }
    }
    printer()
        .line(
            (ok ? "All as it must be" : "Not as it must be")
                + ", "
                + seconds
                + " s. Effects are counted from the journal of the sandbox.");
  }

  private static Map<String, Object> object(
      List<ActResult> results, boolean ok, double seconds, Stage stage) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("ok", ok);
    object.put("seconds", seconds);
    object.put("acts", results);
    object.put("urls", stage.urls());
    return object;
  }

  private void stay(Stage stage) {
    printer().line("");
    printer().line("Everything goes on running until Ctrl-C:");
    stage.urls().forEach((name, url) -> printer().line(String.format("  %-9s %s", name, url)));
    CountDownLatch interrupted = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endOf(stage, interrupted)));
    try {
      interrupted.await();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endOf(Stage stage, CountDownLatch interrupted) {
    stage.close();
    interrupted.countDown();
  }

  private static double seconds(Instant since) {
    return Math.round(Duration.between(since, Instant.now()).toMillis() / 100.0) / 10.0;
  }

  /** Tells it on the terminal, indented below its act; nothing of it with {@code --output json}. */
  private final class Story implements Telling {
    @Override
    public void line(String text) {
      printer().line("  " + text);
    }

    @Override
    public void command(String command) {
      printer().line("  $ " + command);
    }

    @Override
    public void report(String markdown) {
      markdown.lines().forEach(line -> printer().line("  | " + line));
    }

    @Override
    public String launcher() {
      // The launcher says where it is: whoever plays the demo may stand anywhere.
      return System.getProperty("signalbox.launcher", "signalbox");
    }
  }
}
