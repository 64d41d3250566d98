package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.Call;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** One root field of a request while it is answered: who asks, of which state, and for what. */
record Asked(DataFetchingEnvironment field, World world) {

  /**
   * What every field of one request shares.
   *
   * @param states where reads answer from, of each project, in order
   */
  record Request(Caller caller, Map<World, State> states, Map<String, Call> callByField) {}

  private static Request request(DataFetchingEnvironment field) {
    return field.getGraphQlContext().get(Request.class);
  }

  private Request request() {
    return request(field);
  }

  /** All that the caller sees of the workspace. */
  static List<Map<String, Object>> projects(DataFetchingEnvironment field) {
    Request request = request(field);
    List<Map<String, Object>> views = new ArrayList<>();
    request
        .states()
        .forEach(
            (world, state) -> {
              if (request.caller().sees(state)) {
                views.add(new Views(world, state).project());
              }
            });
    return views;
  }

  Caller caller() {
    return request().caller();
  }

  /** Where reads answer from: now, or earlier when the sandbox was told to be stale. */
  State state() {
    return request().states().get(world);
  }

  Views views() {
    return new Views(world, state());
  }

  /** For answers of mutations: what is so now. */
  Views viewsNow() {
    return new Views(world, world.state());
  }

  /** Null when it is absent, or given as null. */
  String text(String name) {
    return field.getArgument(name);
  }

  Integer number(String name) {
    return field.getArgument(name);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(field.<Boolean>getArgument(name));
  }

  Map<String, Object> input() {
    return field.getArgument("input");
  }

  Map<String, Object> arguments() {
    return field.getArguments();
  }

  <T> Map<String, Object> page(List<T> items, Function<T, Map<String, Object>> view) {
    return Relay.page(items.stream().map(view).toList(), field);
  }

  /** The effect has happened; {@code id} is what it was about. */
  void changed(String id) {
    Call call = request().callByField().get(field.getField().getResultKey());
    if (call != null) {
      call.changedState();
      call.target(call.target().withId(id));
    }
  }

  /** Does it with nothing else in between. */
  <T> T inOrder(Supplier<T> change) {
    return world.inOrder(change);
  }

  void mustBeKnown() {
    if (!caller().known()) {
      throw caller().refusal();
    }
  }

  void mustBeAccount() {
    if (caller().kind() != Caller.Kind.ACCOUNT) {
      throw caller().refusal();
    }
  }

  void mustBeOurProject(Object id) {
    mustBeKnown();
    if (!world.projectId().equals(id)) {
      throw RailwayError.notFound("Project");
    }
  }

  Environment environment(Object id) {
    mustBeKnown();
    Environment environment =
        state()
            .environment(String.valueOf(id))
            .orElseThrow(() -> RailwayError.notFound("Environment"));
    caller().mayUse(environment);
    return environment;
  }

  /** Of the arguments, or the input, that name an environment and a service. */
  Instance instance(Map<String, Object> named) {
    Environment environment = environment(named.get("environmentId"));
    return world
        .service(String.valueOf(named.get("serviceId")))
        .flatMap(service -> state().instance(environment.name(), service.name()))
        .orElseThrow(() -> RailwayError.notFound("ServiceInstance"));
  }

  Deployment deployment(String argument) {
    mustBeKnown();
    Deployment deployment =
        state().deployment(text(argument)).orElseThrow(() -> RailwayError.notFound("Deployment"));
    environmentOf(deployment);
    return deployment;
  }

  private void environmentOf(Deployment deployment) {
    state().environmentNamed(deployment.environment()).ifPresent(caller()::mayUse);
  }
}
