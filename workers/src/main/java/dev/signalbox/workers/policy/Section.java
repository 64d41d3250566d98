package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workers.config.Problems;
import dev.signalbox.workers.config.Suggestion;
import dev.signalbox.workflows.Excerpt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of the file. Each read takes a key's value or notes what is wrong with it; {@link
 * #close} then refuses the keys that nobody read.
 */
final class Section {
  /** A mistake stays on its line of the terminal. */
  private static final int LONGEST = 80;

  private final String file;
  private final String path;
  private final TomlTable table;
  private final TomlPosition start;
  private final Problems problems;
  private final Set<String> read = new LinkedHashSet<>();

  private Section(
      String file, String path, TomlTable table, TomlPosition start, Problems problems) {
    this.file = file;
    this.path = path;
    this.table = table;
    this.start = start;
    this.problems = problems;
  }

  static Section root(String file, TomlTable table, Problems problems) {
    return new Section(file, "", table, TomlPosition.positionAt(1, 1), problems);
  }

  /** Names of the keys, as the file has them. */
  Set<String> names() {
    return table.keySet();
  }

  boolean has(String key) {
    return table.contains(List.of(key));
  }

  boolean hasTable(String key) {
    return table.get(List.of(key)) instanceof TomlTable;
  }

  /** The table below this key; empty when absent or no table. */
  Optional<Section> table(String key) {
    return value(key, TomlTable.class, "a table").map(below -> section(key, below));
  }

  /** All tables below this one: for those whose keys are names that the user chose. */
  Map<String, Section> tables() {
    Map<String, Section> found = new LinkedHashMap<>();
    for (String name : table.keySet()) {
      table(name).ifPresent(section -> found.put(name, section));
    }
    return found;
  }

  Optional<String> text(String key) {
    return value(key, String.class, "a text in quotes")
        .filter(text -> !text.isBlank() || refused(key, "an empty text", "a text with letters"));
  }

  Optional<String> text(String key, Predicate<String> fits, String allowed) {
    return value(key, String.class, "a text in quotes: " + allowed)
        .filter(
            text -> (!text.isBlank() && fits.test(text)) || refused(key, quoted(text), allowed));
  }

  /** A text that must be there. */
  String required(String key, Predicate<String> fits, String allowed) {
    if (!has(key)) {
      read.add(key);
      add(start, key, Problem.MISSING, "allowed: " + allowed);
    }
    return text(key, fits, allowed).orElse("");
  }

  Optional<Boolean> yesOrNo(String key) {
    return value(key, Boolean.class, "true or false");
  }

  Optional<Integer> number(String key, int least) {
    return number(key, least, Integer.MAX_VALUE, "a whole number from " + least + " on");
  }

  Optional<Integer> number(String key, int least, int most) {
    return number(key, least, most, "a whole number from " + least + " to " + most);
  }

  Optional<Integer> number(String key, int least, int most, String allowed) {
    return value(key, Long.class, allowed)
        .filter(
            number ->
                (number >= least && number <= most) || refused(key, number.toString(), allowed))
        .map(Long::intValue);
  }

  /** A duration; with {@code least} above zero, shorter ones are refused. */
  Optional<Duration> duration(String key, Duration least) {
    return value(key, String.class, Durations.ALLOWED)
        .flatMap(
            text -> {
              Optional<Duration> parsed = Durations.parse(text);
              if (parsed.isEmpty()) {
                refused(key, quoted(text), Durations.ALLOWED);
              } else if (parsed.get().compareTo(least) < 0) {
                refused(key, quoted(text), Durations.ALLOWED + ", and longer than nothing");
                return Optional.empty();
              }
              return parsed;
            });
  }

  /** One of the words of an enum, as they are written on the wire. */
  <T> Optional<T> word(String key, Map<String, T> words, Map<String, String> laterWords) {
    String allowed = oneOf(words.keySet());
    return value(key, String.class, allowed)
        .flatMap(
            text -> {
              if (laterWords.containsKey(text)) {
                add(position(key), key, "found " + quoted(text), laterWords.get(text));
              } else if (!words.containsKey(text)) {
                refused(key, quoted(text), allowed);
              }
              return Optional.ofNullable(words.get(text));
            });
  }

  /** A list of texts of which none stands twice; empty when absent. */
  List<String> names(String key, Predicate<String> fits, String allowed) {
    Set<String> seen = new HashSet<>();
    return texts(key, text -> fits.test(text) && seen.add(text), allowed + ", each of them once");
  }

  /** A list of texts; empty when absent. */
  List<String> texts(String key, Predicate<String> fits, String allowed) {
    Optional<TomlArray> array = value(key, TomlArray.class, "a list of: " + allowed);
    List<String> found = new ArrayList<>();
    for (int index = 0; array.isPresent() && index < array.get().size(); index++) {
      Object element = array.get().get(index);
      if (element instanceof String text && fits.test(text)) {
        found.add(text);
      } else {
        add(
            array.get().inputPositionOf(index),
            key,
            "found " + described(element),
            "allowed: " + allowed);
      }
    }
    return found;
  }

  /**
   * A list of texts and tables, each made into what it stands for; empty when absent.
   *
   * @param text takes a text, and the place where it stands
   * @param table takes a table
   */
  <T> List<T> entries(
      String key,
      String allowed,
      BiFunction<String, Runnable, Optional<T>> text,
      Function<Section, Optional<T>> table) {
    Optional<TomlArray> array = value(key, TomlArray.class, "a list of: " + allowed);
    List<T> found = new ArrayList<>();
    for (int index = 0; array.isPresent() && index < array.get().size(); index++) {
      Object element = array.get().get(index);
      TomlPosition at = array.get().inputPositionOf(index);
      Runnable refuse = () -> add(at, key, "found " + described(element), "allowed: " + allowed);
      if (element instanceof String said) {
        text.apply(said, refuse).ifPresent(found::add);
      } else if (element instanceof TomlTable below) {
        table.apply(new Section(file, below(key), below, at, problems)).ifPresent(found::add);
      } else {
        refuse.run();
      }
    }
    return found;
  }

  /** Whatever stands there; null = nothing does. For a caller that judges it itself. */
  Object value(String key) {
    read.add(key);
    return table.get(List.of(key));
  }

  /**
   * Refuses every key that nobody read.
   *
   * @param later keys of capabilities that are not built, with the capability's name
   */
  void close(Map<String, String> later) {
    for (String key : table.keySet()) {
      if (read.contains(key)) {
        continue;
      }
      if (later.containsKey(key)) {
        add(position(key), key, "this key cannot be used", LaterKeys.sentence(later.get(key)));
      } else {
        add(
            position(key),
            key,
            "there is no such key",
            Suggestion.nearest(key, read)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("allowed: " + String.join(", ", read)));
      }
    }
  }

  /** Notes a mistake; always false, so that it ends a filter. */
  boolean refused(String key, String found, String allowed) {
    add(position(key), key, "found " + found, "allowed: " + allowed);
    return false;
  }

  /**
   * Notes a mistake of one of the table's keys.
   *
   * @param mistake {@code key: what is allowed}; empty = there is none
   * @return whether there is one
   */
  boolean refused(Optional<String> mistake) {
    mistake.ifPresent(
        sentence -> {
          String key = sentence.substring(0, sentence.indexOf(':'));
          refused(key, described(value(key)), sentence.substring(key.length() + 2));
        });
    return mistake.isPresent();
  }

  /** Notes a mistake of the table itself. */
  void refusedHere(String found, String allowed) {
    problems.add(new Problem(place(start), path, found, allowed));
  }

  /** Notes something that is not the usual "found, allowed". */
  void add(String key, String found, String next) {
    add(position(key), key, found, next);
  }

  static String quoted(String text) {
    String shown = Excerpt.begin(text, LONGEST);
    return "\"" + shown.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + "\"";
  }

  static String oneOf(Set<String> words) {
    return String.join(" or ", words.stream().map(Section::quoted).toList());
  }

  private <T> Optional<T> value(String key, Class<T> type, String allowed) {
    read.add(key);
    Object value = table.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      refused(key, described(value), allowed);
      return Optional.empty();
    }
    return Optional.of(type.cast(value));
  }

  private Section section(String key, TomlTable below) {
    return new Section(file, below(key), below, position(key), problems);
  }

  private void add(TomlPosition position, String key, String found, String allowed) {
    problems.add(new Problem(place(position), below(key), found, allowed));
  }

  /** The whole name of a key, as the file would have it. */
  private String below(String key) {
    String name = key.matches("[A-Za-z0-9_-]+") ? key : quoted(key);
    return path.isEmpty() ? name : path + "." + name;
  }

  private TomlPosition position(String key) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return position == null ? start : position;
  }

  private String place(TomlPosition position) {
    return file + ":" + position.line() + ":" + position.column();
  }

  static String described(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof TomlTable) {
      return "a table";
    }
    return value instanceof TomlArray ? "a list" : String.valueOf(value);
  }
}
