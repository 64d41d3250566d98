package dev.signalbox.sandbox.github;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The repository's labels; their names are the same in capitals and small letters. */
final class Labels {

  /** What GitHub gives a label that nobody coloured. */
  private static final String GREY = "ededed";

  /** {@code ofItsOwn}: every new repository has it. */
  record Label(long id, String name, String color, String description, boolean ofItsOwn) {}

  private final Hub hub;
  private final Map<String, Label> byName = new TreeMap<>();

  Labels(Hub hub) {
    this.hub = hub;
    for (String name : List.of("bug", "documentation", "enhancement", "question", "wontfix")) {
      byName.put(name, new Label(hub.nextId(), name, GREY, null, true));
    }
  }

  List<Label> all() {
    return List.copyOf(byName.values());
  }

  Optional<Label> find(String name) {
    return Optional.ofNullable(byName.get(key(name)));
  }

  Label create(String name, Optional<String> color, Optional<String> description) {
    if (find(name).isPresent()) {
      throw Refusal.invalid("Label", "name", "already_exists");
    }
    Label label =
        new Label(hub.nextId(), name, color.orElse(GREY), description.orElse(null), false);
    byName.put(key(name), label);
    return label;
  }

  Label replace(Label before, Label after) {
    if (!key(before.name()).equals(key(after.name())) && find(after.name()).isPresent()) {
      throw Refusal.invalid("Label", "name", "already_exists");
    }
    byName.remove(key(before.name()));
    byName.put(key(after.name()), after);
    return after;
  }

  void remove(Label label) {
    byName.remove(key(label.name()));
  }

  /** The names as the repository writes them; a label that it lacks is made, as GitHub does. */
  List<String> used(Collection<String> names) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      Label label = find(name).orElseGet(() -> create(name, Optional.empty(), Optional.empty()));
      found.add(label.name());
    }
    return found;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
