package dev.signalbox.starter.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What may be said at a door: the terminal's own commands and options, and of those the ones that
 * concern nobody's machine. Pure: it knows neither who speaks nor what runs.
 */
final class ChatGrammar {
  static final String HELP =
      """
      approve [ID] [--withdraw] [--reason TEXT] [--digest HEX] [--ask ASK]
      reject [ID] --reason TEXT [--digest HEX] [--ask ASK]
      tick [ID] [--point N] [--reason TEXT]
      resolve [ID] --as ANSWER --reason TEXT [--question Q]
      why [ID|ENV]
      plan ENV [--commit SHA] [--service NAME]
      promote ENV [--commit SHA] [--service NAME] [--reason TEXT] [--emergency]
      rollback ENV --yes [--to DEPLOYMENT] [--reason TEXT]
      redeploy ENV [--service NAME] [--restart] [--reason TEXT]
      cancel ID|ENV [--reason TEXT]
      freeze ENV --reason TEXT [--until WHEN] [--zone ZONE]
      lock ENV --reason TEXT [--until WHEN|merged] [--zone ZONE]
      unfreeze|unlock|hold|unhold ENV --reason TEXT
      quarantine|unquarantine ENV --commit SHA --reason TEXT
      override ENV --reason TEXT [--promotion ID]
      incident ack|close ENV --reason TEXT
      incident mute ENV --reason TEXT [--until WHEN] [--zone ZONE]
      incident show ENV
      incident list
      preview [create] [pr-N] [--commit SHA] [--reason TEXT]
      preview destroy [pr-N] [--reason TEXT]
      preview why [pr-N]
      preview list
      status [ENV]
      list
      history ENV [-n N] [--full]
      audit [verify] [--env ENV] [--since WHEN]
      help\
      """;

  private static final int LONGEST = 2000;

  private static final String REASON = "--reason";
  private static final String COMMIT = "--commit";
  private static final String SERVICE = "--service";
  private static final String PREVIEW = "preview";
  private static final String INCIDENT = "incident";

  private static final Map<String, Verb> VERBS =
      Map.ofEntries(
          answer("approve", Set.of(REASON, "--digest", "--ask"), Set.of("--withdraw")),
          answer("reject", Set.of(REASON, "--digest", "--ask"), Set.of()),
          answer("tick", Set.of(REASON, "--point"), Set.of()),
          answer("resolve", Set.of(REASON, "--answer", "--as", "--question"), Set.of()),
          Map.entry("why", new Verb(Deed.VIEW, Target.RUN, Set.of(), Set.of())),
          view("plan", COMMIT, SERVICE),
          view("status"),
          Map.entry("list", new Verb(Deed.VIEW, Target.NONE, Set.of(), Set.of())),
          verb("history", Deed.VIEW, Set.of("-n"), Set.of("--full")),
          Map.entry(
              "audit", new Verb(Deed.VIEW, Target.VERIFY, Set.of("--env", "--since"), Set.of())),
          view("help"),
          verb("promote", Deed.REQUEST, Set.of(REASON, COMMIT, SERVICE), Set.of("--emergency")),
          verb("rollback", Deed.ORDER, Set.of(REASON, "--to"), Set.of("--yes")),
          verb("redeploy", Deed.ORDER, Set.of(REASON, SERVICE), Set.of("--restart")),
          verb("cancel", Deed.ORDER, Set.of(REASON), Set.of()),
          verb("sync", Deed.ORDER, Set.of(), Set.of()),
          order("freeze", "--until", "--zone"),
          order("unfreeze"),
          order("lock", "--until", "--zone"),
          order("unlock"),
          order("hold"),
          order("unhold"),
          order("quarantine", COMMIT),
          order("unquarantine", COMMIT),
          order("override", "--promotion"),
          order(INCIDENT + " ack"),
          order(INCIDENT + " mute", "--until", "--zone"),
          order(INCIDENT + " close"),
          view(INCIDENT + " show"),
          Map.entry(INCIDENT + " list", new Verb(Deed.VIEW, Target.NONE, Set.of(), Set.of())),
          preview("create", Deed.REQUEST, REASON, COMMIT),
          preview("destroy", Deed.ORDER, REASON),
          preview("why", Deed.VIEW),
          Map.entry(PREVIEW + " list", new Verb(Deed.VIEW, Target.NONE, Set.of(), Set.of())));

  private ChatGrammar() {}

  /** What a right is needed for. */
  enum Deed {
    VIEW,
    /** What goes the whole way of gates and approval. */
    REQUEST,
    /** A person's answer to what a run asks. */
    DECIDE,
    /** A person's order that goes past that way, or stops it. */
    ORDER
  }

  /** What may stand behind the verb without an option. */
  private enum Target {
    NONE,
    /** An environment, or a run; the command itself says when it is missing. */
    ANY,
    /** A run: whoever names none means the one at hand. */
    RUN,
    /** A pull request: whoever names none means the one that it is said on. */
    PULL,
    VERIFY
  }

  /**
   * @param options with a value
   * @param flags without one
   */
  private record Verb(Deed deed, Target target, Set<String> options, Set<String> flags) {}

  private static Map.Entry<String, Verb> answer(
      String word, Set<String> options, Set<String> flags) {
    return Map.entry(word, new Verb(Deed.DECIDE, Target.RUN, options, flags));
  }

  private static Map.Entry<String, Verb> view(String word, String... options) {
    return verb(word, Deed.VIEW, Set.of(options), Set.of());
  }

  private static Map.Entry<String, Verb> preview(String word, Deed deed, String... options) {
    return Map.entry(PREVIEW + " " + word, new Verb(deed, Target.PULL, Set.of(options), Set.of()));
  }

  private static Map.Entry<String, Verb> order(String word, String... options) {
    Set<String> all = new HashSet<>(Set.of(options));
    all.add(REASON);
    return verb(word, Deed.ORDER, all, Set.of());
  }

  private static Map.Entry<String, Verb> verb(
      String word, Deed deed, Set<String> options, Set<String> flags) {
    return Map.entry(word, new Verb(deed, Target.ANY, options, flags));
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
      return words.contains("--emergency") ? Deed.ORDER : verb(words).deed();
    }

    /** Whether a person must stand behind it, whom the door knows. */
    boolean personal() {
      return deed() == Deed.DECIDE || deed() == Deed.ORDER;
    }
  }

  /**
   * What is said on no pull request.
   *
   * @param text what follows {@code /signalbox}
   * @param atHand the run that is meant where none is named, asked for only then; empty = none
   */
  static Parsed parse(String text, Supplier<Optional<String>> atHand) {
    return parse(text, atHand, Optional.empty());
  }

  /**
   * @param pull {@code pr-N} on which it is said; empty = on none
   */
  static Parsed parse(String text, Supplier<Optional<String>> atHand, Optional<String> pull) {
    if (text.length() > LONGEST) {
      return Parsed.refused("more than " + LONGEST + " characters are no command");
    }
    Optional<List<String>> split = split(text);
    if (split.isEmpty()) {
      return Parsed.refused("a quotation mark is not closed");
    }
    List<String> words = split.get().isEmpty() ? List.of("help") : oneVerb(split.get());
    Verb verb = VERBS.get(words.get(0));
    if (verb == null) {
      return Parsed.refused("there is no such command here");
    }
    Reading reading = new Reading(words.get(0), verb);
    Optional<String> mistake = reading.read(words);
    if (mistake.isPresent()) {
      return Parsed.refused(mistake.get());
    }
    if (verb.target() == Target.RUN && reading.target.isEmpty()) {
      reading.target = atHand.get();
      if (reading.target.isEmpty()) {
        return Parsed.refused("say which run is meant: its id, or its environment");
      }
    }
    if (verb.target() == Target.PULL && reading.target.isEmpty()) {
      reading.target = pull;
      if (pull.isEmpty()) {
        return Parsed.refused("say which pull request is meant: pr-N");
      }
    }
    return new Parsed(reading.command(), null);
  }

  /** The two words of what is done with a preview or an incident as one. */
  private static List<String> oneVerb(List<String> words) {
    if (!ofTwoWords(words)) {
      return words;
    }
    boolean said = words.size() > 1 && words.get(1).matches("[a-z]+");
    List<String> verb = new ArrayList<>(words.subList(said ? 2 : 1, words.size()));
    // Where it is missing, a preview is made and incidents are shown.
    String usual = words.get(0).equals(PREVIEW) ? "create" : "list";
    verb.add(0, words.get(0) + " " + (said ? words.get(1) : usual));
    return verb;
  }

  private static boolean ofTwoWords(List<String> words) {
    return words.get(0).equals(PREVIEW) || words.get(0).equals(INCIDENT);
  }

  private static Verb verb(List<String> command) {
    return VERBS.get(ofTwoWords(command) ? command.get(0) + " " + command.get(1) : command.get(0));
  }

  /** The words of one command, taken one after the other. */
  private static final class Reading {
    private final String word;
    private final Verb verb;
    private final List<String> options = new ArrayList<>();
    private Optional<String> target = Optional.empty();

    Reading(String word, Verb verb) {
      this.word = word;
      this.verb = verb;
    }

    /** What is wrong with it; empty = nothing. */
    Optional<String> read(List<String> words) {
      Iterator<String> rest = words.subList(1, words.size()).iterator();
      while (rest.hasNext()) {
        Optional<String> mistake = take(rest.next(), rest);
        if (mistake.isPresent()) {
          return mistake;
        }
      }
      return Optional.empty();
    }

    private Optional<String> take(String next, Iterator<String> rest) {
      String name = next.startsWith("--") ? next.split("=", 2)[0] : next;
      if (!next.startsWith("-")) {
        return target(next);
      }
      if (verb.flags().contains(next)) {
        options.add(next);
      } else if (!verb.options().contains(name)) {
        return Optional.of("'" + name + "' is no option of " + word + " here");
      } else if (next.startsWith("--") && next.contains("=")) {
        options.add(next);
      } else if (!rest.hasNext()) {
        return Optional.of("'" + name + "' wants a value");
      } else if (name.startsWith("--")) {
        // As one word: a value that begins with a hyphen is no option.
        options.add(name + "=" + rest.next());
      } else {
        options.addAll(List.of(name, rest.next()));
      }
      return Optional.empty();
    }

    private Optional<String> target(String next) {
      boolean possible =
          switch (verb.target()) {
            case NONE -> false;
            case VERIFY -> next.equals("verify");
            case PULL -> next.matches("(pr-|#)?[1-9][0-9]{0,8}");
            case ANY, RUN -> next.matches("[A-Za-z0-9._/-]+");
          };
      if (!possible || target.isPresent()) {
        return Optional.of("'" + next + "' is not understood");
      }
      target = Optional.of(next);
      return Optional.empty();
    }

    List<String> command() {
      List<String> command = new ArrayList<>(List.of(word.split(" ")));
      target.ifPresent(command::add);
      command.addAll(options);
      boolean wordless = options.stream().noneMatch(option -> option.startsWith(REASON + "="));
      if (wordless && (word.equals("approve") || word.equals("tick"))) {
        command.add(REASON + "=" + Commands.NO_REASON);
      }
      return List.copyOf(command);
    }
  }

  /** The same command as somebody types it, for {@link #parse}. */
  static String typed(List<String> words) {
    return words.stream().map(ChatGrammar::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9._/=-]+") ? word : '"' + word.replace("\"", "\"'\"'\"") + '"';
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
