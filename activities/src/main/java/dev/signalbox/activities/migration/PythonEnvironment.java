package dev.signalbox.activities.migration;

import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Virtual environments that we make: one for each set of requirements, kept below the user's cache
 * directory, made once even when several processes want it.
 */
public final class PythonEnvironment {
  private static final Duration LONGEST_INSTALLATION = Duration.ofMinutes(10);
  private static final String DONE = ".signalbox-complete";
  // A file lock is the whole process's; this one is between its threads.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path cache;
  private final Path environments;
  private final Map<String, String> variables;

  /**
   * @param variables of this process, of which programs get only what they need to find themselves
   */
  public PythonEnvironment(Map<String, String> variables) {
    this.variables = handedOn(variables);
    this.cache = CacheDirectory.of(variables);
    this.environments = cache.resolve("python");
  }

  /** What a program needs to find itself and its packages; everything else stays here. */
  static Map<String, String> handedOn(Map<String, String> variables) {
    Map<String, String> kept = new HashMap<>();
    for (String name :
        List.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "XDG_CACHE_HOME",
            "HTTPS_PROXY",
            "HTTP_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "REQUESTS_CA_BUNDLE",
            "PIP_INDEX_URL",
            "PIP_EXTRA_INDEX_URL",
            "PIP_CERT",
            "PIP_CONFIG_FILE",
            "UV_INDEX_URL",
            "UV_DEFAULT_INDEX")) {
      if (variables.containsKey(name)) {
        kept.put(name, variables.get(name));
      }
    }
    return kept;
  }

  /**
   * The Python of the environment with these requirements, made now if there is none yet.
   *
   * @param name of what it is for, a word
   * @param arguments of {@code pip install}
   * @param fingerprint of everything that decides what is installed
   * @throws MigrationException there is no Python, or pip failed
   */
  public Path with(String name, List<String> arguments, String fingerprint, Path directory) {
    Path home = environments.resolve(name + "-" + hash(fingerprint).substring(0, 16));
    Path python = home.resolve("bin").resolve("python");
    if (Files.exists(home.resolve(DONE))) {
      return python;
    }
    IN_THIS_PROCESS.lock();
    try {
      Files.createDirectories(environments);
      try (FileChannel file =
              FileChannel.open(
                  environments.resolve(home.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = file.lock()) {
        if (held.isValid() && !Files.exists(home.resolve(DONE))) {
          make(name, home, python, arguments, directory);
        }
      }
      return python;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("making a Python environment in " + environments, unwritable);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private void make(String name, Path home, Path python, List<String> arguments, Path directory)
      throws IOException {
    run(name, List.of("python3", "-m", "venv", "--clear", home.toString()), directory);
    List<String> install = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install"));
    install.addAll(List.of("--quiet", "--disable-pip-version-check"));
    install.addAll(arguments);
    run(name, install, directory);
    Files.createFile(home.resolve(DONE));
  }

  private void run(String name, List<String> command, Path directory) {
    try {
      PythonRun.End end =
          new PythonRun(command, directory, variables).await("", LONGEST_INSTALLATION);
      if (end.exit() != 0) {
        throw new MigrationException(
            Fault.TOOL,
            "Making the Python environment for " + name,
            String.join(" ", command.subList(0, Math.min(4, command.size()))),
            end.timedOut()
                ? "not done after " + LONGEST_INSTALLATION.toMinutes() + " min"
                : "exit code " + end.exit() + ": " + end.lastWord(),
            "It needs python3 (3.10 or newer) with venv, and the registry that pip asks.");
      }
    } catch (IOException missing) {
      throw new MigrationException(
          Fault.TOOL,
          "Making the Python environment for " + name,
          command.get(0),
          withoutDirectory(missing),
          "Install Python 3.10 or newer.");
    }
  }

  /** Why a program did not start. The directory is one of ours and of no interest. */
  static String withoutDirectory(IOException missing) {
    return String.valueOf(missing.getMessage()).replaceFirst(" \\(in directory \"[^\"]*\"\\)", "");
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Where this user keeps what can be made again. */
  Path cache() {
    return cache;
  }

  Map<String, String> variables() {
    return variables;
  }
}
