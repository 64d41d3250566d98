package dev.signalbox.sandbox.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A channel with its messages, oldest first. Guarded by its workspace. */
final class Channel {
  private final String id;
  private final String name;
  private final boolean joined;
  private final boolean archived;
  private List<Message> messages = new ArrayList<>();
  private List<Message> before = List.of();

  /**
   * @param joined whether the app is in it
   */
  Channel(String id, String name, boolean joined, boolean archived) {
    this.id = id;
    this.name = name;
    this.joined = joined;
    this.archived = archived;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean joined() {
    return joined;
  }

  boolean archived() {
    return archived;
  }

  boolean called(String wanted) {
    return wanted.equals(id) || wanted.equals(name) || wanted.equals("#" + name);
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  /** What stood here before the last change. */
  List<Message> before() {
    return before;
  }

  Optional<Message> find(String ts) {
    return messages.stream().filter(message -> message.ts().equals(ts)).findFirst();
  }

  void add(Message message) {
    begin();
    messages.add(message);
  }

  void replace(Message message) {
    begin();
    messages.replaceAll(one -> one.ts().equals(message.ts()) ? message : one);
  }

  void remove(String ts) {
    begin();
    messages.removeIf(one -> one.ts().equals(ts));
  }

  private void begin() {
    before = List.copyOf(messages);
    messages = new ArrayList<>(messages);
  }
}
