package dev.signalbox.starter.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may be said at a door: the terminal's own commands and options, and of those the ones that
 * concern nobody's machine. Pure: it knows neither who speaks nor what runs.
 */
final class ChatGrammar {
  static final String HELP =
      """
      approve [ID] [--withdraw] [--reason TEXT] [--digest HEX] [--ask ASK]
      reject [ID] --reason TEXT [--digest HEX] [--ask ASK]
      resolve [ID] --as ANSWER --reason TEXT [--question Q]
      why [ID|ENV]
      plan ENV [--commit SHA] [--service NAME]
      promote ENV [--commit SHA] [--service NAME] [--reason TEXT]
      status [ENV]
      list
      history ENV [-n N]
      help\
      """;

  private static final int LONGEST = 2000;

  /** Where whoever says no id means the one at hand. */
  private static final Set<String> OF_A_RUN = Set.of("approve", "reject", "resolve", "why");

  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "approve", Set.of("--reason", "--digest", "--ask"),
          "reject", Set.of("--reason", "--digest", "--ask"),
          "resolve", Set.of("--reason", "--as", "--question"),
          "why", Set.of(),
          "plan", Set.of("--commit", "--service"),
          "promote", Set.of("--commit", "--service", "--reason"),
          "status", Set.of(),
          "list", Set.of(),
          "history", Set.of("-n"),
          "help", Set.of());

  /** Options without a value. */
  private static final Map<String, Set<String>> FLAGS = Map.of("approve", Set.of("--withdraw"));

  private ChatGrammar() {}

  /** What a right is needed for. */
  enum Deed {
    VIEW,
    REQUEST,
    DECIDE
  }

  /**
   * A command that may be run, or why not.
   *
   * @param words null when it is refused
   * @param refusal null when it is not
   */
  record Parsed(List<String> words, String refusal) {
    static Parsed refused(String why) {
      return new Parsed(null, why);
    }

    boolean help() {
      return words != null && words.get(0).equals("help");
    }

    Deed deed() {
      return switch (words.get(0)) {
        case "approve", "reject", "resolve" -> Deed.DECIDE;
        case "promote" -> Deed.REQUEST;
        default -> Deed.VIEW;
      };
    }
  }

  /**
   * @param text what follows {@code /signalbox}
   * @param at hand, the run that is meant where none is named; empty = none
   * @param place where it was said, for a yes without a reason
   */
  static Parsed parse(String text, Optional<String> at, String place) {
    if (text.length() > LONGEST) {
      return Parsed.refused("more than " + LONGEST + " characters are no command");
    }
    Optional<List<String>> split = split(text);
    if (split.isEmpty()) {
      return Parsed.refused("a quotation mark is not closed");
    }
    List<String> words = split.get().isEmpty() ? List.of("help") : split.get();
    String verb = words.get(0);
    Set<String> options = OPTIONS.get(verb);
    if (options == null) {
      return Parsed.refused("there is no such command here");
    }
    List<String> command = new ArrayList<>(List.of(verb));
    Optional<String> target = Optional.empty();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.startsWith("--") ? word.split("=", 2)[0] : word;
      if (!word.startsWith("-")) {
        if (target.isPresent() || verb.equals("list") || !word.matches("[A-Za-z0-9._/-]+")) {
          return Parsed.refused("'" + word + "' is not understood");
        }
        target = Optional.of(word);
      } else if (FLAGS.getOrDefault(verb, Set.of()).contains(word)) {
        command.add(word);
      } else if (!options.contains(name)) {
        return Parsed.refused("'" + name + "' is no option of " + verb + " here");
      } else if (word.contains("=") && word.startsWith("--")) {
        command.add(word);
      } else if (i + 1 == words.size()) {
        return Parsed.refused("'" + name + "' wants a value");
      } else {
        // As one word: a value that begins with a hyphen is no option.
        i++;
        command.addAll(
            name.startsWith("--")
                ? List.of(name + "=" + words.get(i))
                : List.of(name, words.get(i)));
      }
    }
    if (target.isEmpty() && OF_A_RUN.contains(verb)) {
      target = at;
      if (target.isEmpty()) {
        return Parsed.refused("say which run is meant: its id, or its environment");
      }
    }
    target.ifPresent(word -> command.add(1, word));
    if (verb.equals("approve") && command.stream().noneMatch(w -> w.startsWith("--reason="))) {
      command.add("--reason=said " + place);
    }
    return new Parsed(List.copyOf(command), null);
  }

  /** As a shell splits them; empty when a quotation mark is not closed. */
  private static Optional<List<String>> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        word = word == null ? new StringBuilder() : word;
      } else if (Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
      } else {
        word = word == null ? new StringBuilder() : word;
        word.append(c);
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return quote == 0 ? Optional.of(words) : Optional.empty();
  }
}
