package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.sandbox.SandboxClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in it, its channels, and what was said there. One lock for all. */
final class Workspace {
  static final String TEAM = "T061EG9R6";
  static final String DOMAIN = "acme";
  static final String APP = "A0SIGNALBOX";
  static final String BOT_USER = "U0SIGNALBOX";
  static final String BOT_ID = "B0SIGNALBOX";

  private static final List<Member> MEMBERS =
      List.of(
          new Member("U012AB3CD", "ana", false),
          new Member("U023BECGF", "ben", false),
          new Member("U0MALLORY", "mallory", false),
          new Member(BOT_USER, "signalbox", true));

  private final SandboxClock clock;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private long lastTs;

  Workspace(SandboxClock clock, String channel) {
    this.clock = clock;
    add(new Channel(channel, "deployments", true, false));
    add(new Channel("C0RANDOM01", "random", false, false));
    add(new Channel("C0ARCHIVED", "old-deployments", true, true));
  }

  private void add(Channel channel) {
    channels.put(channel.id(), channel);
  }

  Instant now() {
    return clock.now();
  }

  List<Member> members() {
    return MEMBERS;
  }

  Optional<Member> member(String idOrName) {
    return MEMBERS.stream()
        .filter(one -> one.id().equals(idOrName) || one.name().equals(idOrName))
        .findFirst();
  }

  /** One that the app may write to. */
  Channel writable(String wanted) {
    Channel channel = joined(wanted);
    if (channel.archived()) {
      throw new SlackError("is_archived");
    }
    return channel;
  }

  /** One that the app is in. */
  Channel joined(String wanted) {
    Channel channel = channel(wanted).orElseThrow(() -> new SlackError("channel_not_found"));
    if (!channel.joined()) {
      throw new SlackError("not_in_channel");
    }
    return channel;
  }

  synchronized Optional<Channel> channel(String wanted) {
    return channels.values().stream().filter(one -> one.called(wanted)).findFirst();
  }

  /** The newest message that everybody, or this person, sees and that has this element. */
  synchronized Optional<Message> newest(Channel channel, String user, String element) {
    List<Message> all = channel.messages();
    for (int i = all.size() - 1; i >= 0; i--) {
      Message message = all.get(i);
      boolean seen = !message.ephemeral() || message.visibleTo().equals(user);
      if (seen && Elements.find(message.content().path("blocks"), element).isPresent()) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  synchronized Message post(Channel channel, String author, ObjectNode content, String onlyTo) {
    Message message = new Message(nextTs(), author, author.equals(BOT_USER), content, onlyTo, null);
    channel.add(message);
    return message;
  }

  synchronized Message change(Channel channel, String ts, ObjectNode content) {
    Message message = find(channel, ts);
    Message changed = message.changedTo(content, nextTs());
    channel.replace(changed);
    return changed;
  }

  synchronized void remove(Channel channel, String ts) {
    find(channel, ts);
    channel.remove(ts);
  }

  synchronized Message find(Channel channel, String ts) {
    return channel.find(ts).orElseThrow(() -> new SlackError("message_not_found"));
  }

  /** One for each moment: two messages never have the same. */
  synchronized String nextTs() {
    Instant now = clock.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    lastTs = Math.max(micros, lastTs + 1);
    return ts(lastTs);
  }

  static String ts(long micros) {
    return String.format("%d.%06d", micros / 1_000_000, micros % 1_000_000);
  }

  synchronized ArrayNode shown() {
    ArrayNode shown = Json.list();
    for (Channel channel : channels.values()) {
      ObjectNode view = shown.addObject();
      view.put("id", channel.id()).put("name", channel.name()).put("joined", channel.joined());
      view.put("archived", channel.archived());
      ArrayNode messages = view.putArray("messages");
      channel.messages().forEach(message -> messages.add(message.shown()));
    }
    return shown;
  }
}
