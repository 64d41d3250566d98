package dev.signalbox.starter.cli;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.PipelineFile;
import java.util.List;
import java.util.Locale;

/** What somebody names on the command line, checked at the door. */
final class Targets {
  private static final String PREVIEW = "pr-[0-9]+";

  private Targets() {}

  /** Whether the word means the preview of a pull request. */
  static boolean preview(String word) {
    return word.matches(PREVIEW);
  }

  /**
   * The number of a pull request.
   *
   * @throws TroubleException exit 2, when the word is none
   */
  static int pull(String word) {
    if (!word.matches("(pr-|#)?[1-9][0-9]{0,8}")) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding the pull request",
              word,
              "it is no pull request",
              "Say pr-7, #7 or 7."));
    }
    return Integer.parseInt(word.replaceAll("[^0-9]", ""));
  }

  /**
   * The commit as Git prints it. Names of branches are no commits: they move.
   *
   * @param word null = none was named, and none is answered
   * @throws TroubleException exit 2, when it is not 7 to 40 hex digits
   */
  static String commit(String word) {
    if (word != null && !word.matches("[0-9a-fA-F]{7,40}")) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding the commit",
              word,
              "it is not 7 to 40 hex digits",
              "Say it as `git rev-parse HEAD` prints it."));
    }
    return word == null ? null : word.toLowerCase(Locale.ROOT);
  }

  /**
   * @param service null = all
   * @throws TroubleException exit 2, naming the services that there are
   */
  static void requireService(PipelineFile pipelines, String environment, String service) {
    List<String> services = pipelines.pipeline(environment).serviceNames();
    if (service != null && !services.contains(service)) {
      throw new TroubleException(
          Trouble.usage(
              "Finding the service",
              service,
              "signalbox.toml has none of this name",
              "It has: " + String.join(", ", services) + "."));
    }
  }

  /**
   * @throws TroubleException exit 2, when the number is not between these
   */
  static void requireNumber(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new TroubleException(
          Trouble.usage(
              "Understanding " + option,
              Integer.toString(number),
              "it is no number from " + least + " to " + most,
              "Say one of these."));
    }
  }
}
