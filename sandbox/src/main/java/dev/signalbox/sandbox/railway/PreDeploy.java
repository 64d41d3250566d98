package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A service's pre-deploy command, really run: in the service's directory of the commit, with the
 * service's variables, before the release starts (Railway's docs, "Pre-Deploy Command"). Railway
 * runs it in the image; here the PATH of this process stands for that.
 */
final class PreDeploy {
  private static final String KEY = "preDeployCommand";

  private final World world;

  PreDeploy(World world) {
    this.world = world;
  }

  /** The command; empty = the service has none. Railway takes several, each after the other. */
  static Optional<String> command(Instance instance) {
    Object set = instance.config().get(KEY);
    if (set instanceof List<?> several) {
      String joined =
          several.stream()
              .map(String::valueOf)
              .filter(one -> !one.isBlank())
              .collect(Collectors.joining(" && "));
      return Optional.of(joined).filter(all -> !all.isBlank());
    }
    return Optional.ofNullable(set).map(String::valueOf).filter(one -> !one.isBlank());
  }

  /**
   * Runs it to its end.
   *
   * @param output takes each line
   * @return its exit code
   */
  int run(String command, Deployment deployment, Instance instance, Consumer<String> output) {
    try (Scratch directory = Scratch.create()) {
      world
          .repository()
          .checkOut(deployment.commit(), instance.service().directory(), directory.path());
      Map<String, String> variables = Variables.ofProcess(world, instance, deployment);
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", command)
              .directory(directory.path().toFile())
              .redirectErrorStream(true);
      builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
      builder.environment().putAll(variables);
      Process process = builder.start();
      process.getOutputStream().close();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        lines.lines().forEach(output);
      }
      return process.waitFor();
    } catch (IOException unstartable) {
      throw new UncheckedIOException("running the pre-deploy command", unstartable);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
