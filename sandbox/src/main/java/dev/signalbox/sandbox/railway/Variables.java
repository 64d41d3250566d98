package dev.signalbox.sandbox.railway;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service's process sees: the variables that somebody set, with their references resolved
 * inside the environment, and those that Railway gives every deployment (docs, "Variables
 * reference"). What a reference does not find is empty.
 */
final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{\\{\\s*(?:([^{}]+?)\\s*\\.\\s*)?([A-Za-z0-9_]+)\\s*}}");

  private final World world;
  private final State state;

  Variables(World world, State state) {
    this.world = world;
    this.state = state;
  }

  static Map<String, String> ofProcess(World world, Instance instance, Deployment deployment) {
    String[] repository = world.settings().repository().split("/", 2);
    Map<String, String> variables = new Variables(world, world.state()).provided(instance);
    variables.put("RAILWAY_DEPLOYMENT_ID", deployment.id());
    variables.put("RAILWAY_SNAPSHOT_ID", deployment.id());
    variables.put("RAILWAY_REPLICA_ID", deployment.id() + "-1");
    variables.put("RAILWAY_GIT_COMMIT_SHA", deployment.commit());
    variables.put("RAILWAY_GIT_COMMIT_MESSAGE", deployment.origin().message());
    variables.put("RAILWAY_GIT_AUTHOR", deployment.origin().author());
    variables.put("RAILWAY_GIT_BRANCH", Optional.ofNullable(deployment.branch()).orElse(""));
    variables.put("RAILWAY_GIT_REPO_OWNER", repository[0]);
    variables.put("RAILWAY_GIT_REPO_NAME", repository[1]);
    variables.putAll(deployment.variables().rendered());
    return variables;
  }

  /** What Railway itself gives the service, whatever is deployed. */
  Map<String, String> provided(Instance instance) {
    Map<String, String> variables = new TreeMap<>();
    Environment environment = instance.environment();
    variables.put("RAILWAY_PROJECT_ID", world.projectId());
    variables.put("RAILWAY_PROJECT_NAME", state.project().name());
    variables.put("RAILWAY_ENVIRONMENT_ID", environment.id());
    variables.put("RAILWAY_ENVIRONMENT_NAME", environment.name());
    variables.put("RAILWAY_SERVICE_ID", world.serviceId(instance.service().name()));
    variables.put("RAILWAY_SERVICE_NAME", instance.service().name());
    state.domains().stream()
        .filter(domain -> domain.instanceId().equals(instance.id()) && !domain.custom())
        .findFirst()
        .ifPresent(domain -> variables.put("RAILWAY_PUBLIC_DOMAIN", domain.name()));
    state.volumes().stream()
        .filter(volume -> environment.id().equals(volume.environmentId()))
        .filter(volume -> world.serviceId(instance.service().name()).equals(volume.serviceId()))
        .findFirst()
        .ifPresent(
            volume -> {
              variables.put("RAILWAY_VOLUME_NAME", volume.name());
              variables.put("RAILWAY_VOLUME_MOUNT_PATH", volume.mountPath());
            });
    return variables;
  }

  /** The service's own variables as a deployment that begins now takes them. */
  Snapshot snapshot(Instance instance) {
    Map<String, Variable> set = state.variablesIn(world.scope(instance));
    Map<String, String> rendered = new TreeMap<>();
    set.forEach((name, variable) -> rendered.put(name, render(instance, name)));
    return new Snapshot(set, rendered);
  }

  private String render(Instance instance, String name) {
    return resolve(instance, name, new HashSet<>());
  }

  /** What may be read back of a service: all that it sees but the sealed ones. */
  Map<String, String> readable(Instance instance, boolean rendered) {
    Map<String, String> readable = provided(instance);
    state
        .variablesIn(world.scope(instance))
        .forEach(
            (name, variable) -> {
              if (variable.sealed()) {
                readable.remove(name);
              } else {
                readable.put(name, rendered ? render(instance, name) : variable.value());
              }
            });
    return readable;
  }

  Map<String, String> readableShared(Environment environment, boolean rendered) {
    Map<String, String> readable = new TreeMap<>();
    state
        .variablesIn(new Scope(environment.id(), null))
        .forEach(
            (name, variable) -> {
              if (!variable.sealed()) {
                readable.put(
                    name, rendered ? shared(environment, name, new HashSet<>()) : variable.value());
              }
            });
    return readable;
  }

  /** Names that a value refers to, as {@code NAME}, {@code shared.NAME} or {@code service.NAME}. */
  static Set<String> references(String value) {
    Set<String> names = new HashSet<>();
    Matcher matcher = REFERENCE.matcher(value);
    while (matcher.find()) {
      names.add(
          matcher.group(1) == null ? matcher.group(2) : matcher.group(1) + "." + matcher.group(2));
    }
    return names;
  }

  private String resolve(Instance instance, String name, Set<String> visited) {
    Variable variable = state.variablesIn(world.scope(instance)).get(name);
    if (variable == null) {
      return provided(instance).getOrDefault(name, "");
    }
    if (!visited.add(instance.id() + "." + name)) {
      // It refers to itself, on whatever way.
      return "";
    }
    String value = fill(variable.value(), instance.environment(), instance, visited);
    visited.remove(instance.id() + "." + name);
    return value;
  }

  private String shared(Environment environment, String name, Set<String> visited) {
    Variable variable = state.variablesIn(new Scope(environment.id(), null)).get(name);
    if (variable == null || !visited.add("shared." + name)) {
      return "";
    }
    String value = fill(variable.value(), environment, null, visited);
    visited.remove("shared." + name);
    return value;
  }

  private String fill(String value, Environment environment, Instance own, Set<String> visited) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    target(found.group(1), found.group(2), environment, own, visited)));
  }

  private String target(
      String owner, String name, Environment environment, Instance own, Set<String> visited) {
    if (owner == null) {
      return own == null ? shared(environment, name, visited) : resolve(own, name, visited);
    }
    if (owner.equals("shared")) {
      return shared(environment, name, visited);
    }
    return state
        .instance(environment.name(), owner)
        .map(instance -> resolve(instance, name, visited))
        .orElse("");
  }
}
