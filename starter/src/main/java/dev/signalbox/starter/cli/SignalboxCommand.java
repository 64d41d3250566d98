package dev.signalbox.starter.cli;

import dev.signalbox.workers.Logs;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.config.ConfigurationException;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workers.policy.PipelineFile;
import io.temporal.client.WorkflowQueryException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What all commands have: one form of output, and one way to tell what went wrong. */
abstract class SignalboxCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(SignalboxCommand.class);

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "What stdout carries: ${COMPLETION-CANDIDATES}.")
  OutputForm output;

  final Surroundings surroundings;

  SignalboxCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Does the work and answers the exit code. */
  abstract int run();

  @Override
  public final Integer call() {
    try {
      return run();
    } catch (ConfigurationException faulty) {
      printer().problems(faulty.problems());
      return Exit.USAGE;
    } catch (TroubleException failure) {
      printer().trouble(inFull(failure));
      return failure.trouble().code();
    } catch (UncheckedIOException unusable) {
      return unusable.getCause() instanceof FileSystemException file
          ? unusable(unusable.getMessage(), file)
          : unexpected(unusable);
    } catch (RuntimeException unexpected) {
      return unexpected(unexpected);
    }
  }

  /** A directory that cannot be written, a full disk: nothing that we could mend. */
  private int unusable(String tried, FileSystemException file) {
    String reason =
        file instanceof AccessDeniedException
            ? "permission denied"
            : file.getReason() == null ? "it is not there, or no directory" : file.getReason();
    printer()
        .trouble(
            Trouble.usage(
                "On the way, " + tried,
                String.valueOf(file.getFile()),
                reason,
                "Stand in a directory in which you may write."));
    return Exit.USAGE;
  }

  /** A worker that failed at a query logs nothing of it: the trace is in its answer alone. */
  private Trouble inFull(TroubleException failure) {
    Trouble trouble = failure.trouble();
    return failure.getCause() instanceof WorkflowQueryException
        ? new Trouble(
            trouble.code(),
            trouble.tried(),
            trouble.on(),
            trouble.answer(),
            trouble.next() + " The whole answer is in " + logged(failure) + ".")
        : trouble;
  }

  /** A command that only asks opens no log before it has something for it. */
  private Path logged(RuntimeException failure) {
    Path file = Logs.toFile(env(), directory());
    log.info("command failed", failure);
    return file.startsWith(directory()) ? directory().relativize(file) : file;
  }

  private int unexpected(RuntimeException unexpected) {
    printer()
        .trouble(
            new Trouble(
                Exit.NOT_SO,
                "Running the command",
                getClass().getSimpleName(),
                String.valueOf(unexpected),
                "This is a mistake in Signalbox; please report it with this text and "
                    + logged(unexpected)
                    + "."));
    return Exit.NOT_SO;
  }

  Printer printer() {
    return new Printer(surroundings, output);
  }

  Env env() {
    return new Env(surroundings.environment());
  }

  Path directory() {
    return surroundings.directory();
  }

  /**
   * The pipeline file, as the commands that ask a worker need it: tokens are the worker's affair.
   *
   * @throws ConfigurationException with every mistake of the file and of the variables' names
   */
  PipelineFile pipelines() {
    Env env = env();
    PipelineFile.Reading reading = PipelineFile.load(WorkerConfig.file(env, directory()));
    env.problems().addAll(reading.problems());
    env.problems().throwIfAny();
    return reading.orThrow();
  }

  /**
   * @throws TroubleException exit 2, naming the environments that there are
   */
  static void requireEnvironment(PipelineFile pipelines, String environment) {
    if (!pipelines.has(environment)) {
      throw new TroubleException(
          Trouble.usage(
              "Finding the environment",
              environment,
              "signalbox.toml has none of this name",
              "It has: " + String.join(", ", pipelines.environments()) + "."));
    }
  }
}
