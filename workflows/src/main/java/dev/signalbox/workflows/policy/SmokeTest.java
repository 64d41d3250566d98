package dev.signalbox.workflows.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user's own test of a deployed release: a command on the worker's machine.
 *
 * @param command program and arguments; {@code {url}}, {@code {url.<service>}}, {@code {revision}}
 *     and {@code {environment}} are filled in
 */
public record SmokeTest(List<String> command, Duration timeout) {
  /** What looks like a placeholder; JSON in an argument does not. */
  public static final Pattern PLACEHOLDER =
      Pattern.compile("\\{([a-z]+(?:\\.[A-Za-z0-9._-]+)?)\\}");

  public SmokeTest {
    command = command == null ? List.of() : List.copyOf(command);
    timeout = timeout == null ? Duration.ofMinutes(5) : timeout;
  }

  /**
   * The command with its placeholders filled in.
   *
   * @param values by placeholder, without braces; one that is absent or null stays as it is
   */
  public List<String> filled(Map<String, String> values) {
    Function<String, String> value =
        name -> Objects.requireNonNullElse(values.get(name), "{" + name + "}");
    return command.stream()
        .map(
            argument ->
                PLACEHOLDER
                    .matcher(argument)
                    .replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1)))))
        .toList();
  }

  /** The first placeholder that has no value. */
  public Optional<String> unfilled(Map<String, String> values) {
    return command.stream()
        .flatMap(argument -> PLACEHOLDER.matcher(argument).results())
        .map(found -> found.group(1))
        .filter(name -> values.get(name) == null)
        .findFirst();
  }
}
