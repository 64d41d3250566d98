package dev.signalbox.workers.policy;

import dev.signalbox.activities.policy.InvalidPolicyException;
import dev.signalbox.activities.policy.PolicySource;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the policy's file says something else, and tells of each environment that it
 * concerns. It reads a small file on this machine and asks nobody. The file's bytes are compared,
 * not its time: what is mounted into a container is replaced, and its time may stay.
 */
public final class PolicyWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PolicyWatch.class);
  private static final long EVERY_SECONDS = 2;

  private final Path file;
  private final PolicySource policy;
  private final List<String> environments;
  private final Consumer<String> tell;
  private final Map<String, Said> told = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "policy-watch");
            thread.setDaemon(true);
            return thread;
          });
  private Future<?> watching;
  private byte[] seen;

  /** What concerns one environment; null = it is in the file no more. */
  private record Said(Pipeline covered, Auto auto) {}

  /**
   * @param environments that are watched
   * @param tell takes the name of one of which the file says something else
   */
  public PolicyWatch(
      Path file, PolicySource policy, List<String> environments, Consumer<String> tell) {
    this.file = file;
    this.policy = policy;
    this.environments = List.copyOf(environments);
    this.tell = tell;
  }

  /** Looks now, which tells of all: the file may have changed while nobody watched; and goes on. */
  public void start() {
    look();
    watching =
        clock.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks once; what could not be told is told at the next look. */
  void look() {
    try {
      byte[] now = Files.readAllBytes(file);
      if (!Arrays.equals(now, seen)) {
        tellOfChanges();
        seen = now;
      }
    } catch (IOException | RuntimeException later) {
      log.debug("policy not looked at file={}: {}", file, later.toString());
    }
  }

  /** A mistake is a warning once: the same bytes are not looked at again. */
  private void tellOfChanges() {
    try {
      environments.forEach(this::compare);
    } catch (InvalidPolicyException faulty) {
      log.warn("what waits goes on by what it was before: {}", faulty.getMessage());
    }
  }

  private void compare(String environment) {
    Said now =
        new Said(
            policy.pipeline(environment).map(Pipeline::covered).orElse(null),
            policy.auto(environment));
    if (!now.equals(told.get(environment))) {
      tell.accept(environment);
      told.put(environment, now);
    }
  }

  @Override
  public void close() {
    if (watching != null) {
      watching.cancel(true);
    }
    clock.shutdownNow();
  }
}
