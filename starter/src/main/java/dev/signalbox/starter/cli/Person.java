package dev.signalbox.starter.cli;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Who sits at the terminal: a claim, not a proof. */
final class Person {
  private Person() {}

  /**
   * The person named, else {@code SIGNALBOX_USER}, else git's {@code user.email}.
   *
   * @throws TroubleException exit 2, when nothing names one
   */
  static String named(String named, Surroundings surroundings) {
    return Optional.ofNullable(named)
        .or(() -> Optional.ofNullable(surroundings.environment().get("SIGNALBOX_USER")))
        .filter(name -> !name.isBlank())
        .or(() -> gitEmail(surroundings))
        .orElseThrow(
            () ->
                new TroubleException(
                    Trouble.usage(
                        "Finding out who you are",
                        "SIGNALBOX_USER, git config user.email",
                        "neither is set",
                        "Set one of them.")));
  }

  private static Optional<String> gitEmail(Surroundings surroundings) {
    try {
      Process git =
          new ProcessBuilder("git", "config", "user.email")
              .directory(surroundings.directory().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String email = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      git.waitFor(2, TimeUnit.SECONDS);
      return Optional.of(email.strip()).filter(found -> !found.isEmpty());
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
