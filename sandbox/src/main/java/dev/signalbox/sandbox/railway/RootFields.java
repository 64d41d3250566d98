package dev.signalbox.sandbox.railway;

import graphql.schema.DataFetcher;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The root fields that the sandbox's Railway answers: queries, mutations, and subscriptions. */
final class RootFields {
  private final World world;
  private final Map<String, DataFetcher<?>> calls = new HashMap<>();
  private final Map<String, DataFetcher<?>> subscriptions = new HashMap<>();

  RootFields(World world) {
    this.world = world;
  }

  void query(String name, Function<Asked, Object> answer) {
    calls.put(name, field -> answer.apply(new Asked(field, world)));
  }

  /** Answered with nothing else in between. */
  void mutation(String name, Function<Asked, Object> answer) {
    calls.put(
        name,
        field -> {
          Asked asked = new Asked(field, world);
          return world.inOrder(() -> answer.apply(asked));
        });
  }

  /** Answers a stream instead of a value. */
  void subscription(String name, Function<Asked, Object> stream) {
    subscriptions.put(name, field -> stream.apply(new Asked(field, world)));
  }

  /** What answers the field of this root type; null when nothing does. */
  DataFetcher<?> find(String rootType, String name) {
    return (rootType.equals("Subscription") ? subscriptions : calls).get(name);
  }
}
