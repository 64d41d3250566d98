package dev.signalbox.sandbox.railway;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The subscriptions: a deployment, its steps, its two logs, and the logs of an environment. Each
 * begins with what is so already and goes on with what comes.
 */
final class StreamOperations {
  private final World world;

  private StreamOperations(World world) {
    this.world = world;
  }

  static void addTo(RootFields fields, World world) {
    StreamOperations operations = new StreamOperations(world);
    fields.subscription("deployment", operations::deployment);
    fields.subscription("deploymentEvents", operations::events);
    fields.subscription("buildLogs", asked -> operations.logs(asked, LogBook.Kind.BUILD));
    fields.subscription("deploymentLogs", asked -> operations.logs(asked, LogBook.Kind.DEPLOY));
    fields.subscription("environmentLogs", operations::environmentLogs);
  }

  private Object deployment(Asked asked) {
    String id = asked.deployment("id").id();
    return new Feed(world.requests(), tell -> world.inOrder(() -> follow(id, tell)));
  }

  private Runnable follow(String id, Consumer<Object> tell) {
    BiConsumer<State, State> watcher =
        (before, after) -> {
          Optional<Deployment> now = after.deployment(id);
          if (!now.equals(before.deployment(id))) {
            now.ifPresent(changed -> tell.accept(new Views(world, after).deployment(changed)));
          }
        };
    State state = world.state();
    state.deployment(id).ifPresent(d -> tell.accept(new Views(world, state).deployment(d)));
    world.history().watch(watcher);
    return () -> world.history().unwatch(watcher);
  }

  private Object events(Asked asked) {
    String id = asked.deployment("id").id();
    return new Feed(
        world.requests(),
        tell ->
            world
                .logs()
                .watch(
                    event -> {
                      if (event.deploymentId().equals(id)) {
                        tell.accept(DeploymentOperations.event(event));
                      }
                    }));
  }

  private Object logs(Asked asked, LogBook.Kind kind) {
    String id = asked.deployment("deploymentId").id();
    LogFilter filter = LogFilter.of(asked.text("filter"));
    return lines(
        line -> line.deploymentId().equals(id) && line.kind() == kind && filter.takes(line));
  }

  private Object environmentLogs(Asked asked) {
    Environment environment = asked.environment(asked.text("environmentId"));
    LogFilter filter = LogFilter.of(asked.text("filter"));
    return lines(
        line ->
            world
                .state()
                .deployment(line.deploymentId())
                .filter(d -> d.environment().equals(environment.name()))
                .filter(d -> wanted(d, line, filter))
                .isPresent());
  }

  private boolean wanted(Deployment deployment, LogBook.Line line, LogFilter filter) {
    boolean chosen =
        line.kind() == LogBook.Kind.BUILD
            ? filter.namesSnapshot(deployment.id())
            : filter.meansService(world.serviceId(deployment.service()), deployment.id());
    return chosen && filter.takes(line);
  }

  /** One answer holds a list; here always of one line. */
  private Feed lines(Predicate<LogBook.Line> wanted) {
    return new Feed(
        world.requests(),
        tell ->
            world
                .logs()
                .follow(
                    line -> {
                      if (wanted.test(line)) {
                        tell.accept(List.of(LogOperations.view(world, world.state(), line)));
                      }
                    }));
  }
}
