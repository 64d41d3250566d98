package dev.signalbox.sandbox.railway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An environment as one object, Railway's untyped {@code EnvironmentConfig} (its shape is in the
 * source of Railway's command line, {@code src/controllers/config/environment.rs}).
 */
final class EnvironmentConfig {
  /** Settings that Railway files under {@code build}; all others stand under {@code deploy}. */
  static final Set<String> BUILD =
      Set.of(
          "builder",
          "buildCommand",
          "buildEnvironment",
          "dockerfilePath",
          "watchPatterns",
          "nixpacksConfigPath",
          "nixpacksPlan",
          "nixpacksVersion",
          "railpackVersion");

  private static final String HIDDEN = "*****";

  private final World world;
  private final State state;

  EnvironmentConfig(World world, State state) {
    this.world = world;
    this.state = state;
  }

  Map<String, Object> of(Environment environment, boolean decrypted) {
    Map<String, Object> services = new TreeMap<>();
    for (Instance instance : state.instancesIn(environment)) {
      services.put(world.serviceId(instance.service().name()), service(instance, decrypted));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("services", services);
    config.put(
        "sharedVariables",
        variables(state.variablesIn(new Scope(environment.id(), null)), decrypted));
    Map<String, Object> volumes = new TreeMap<>();
    volumesIn(environment).forEach(volume -> volumes.put(volume.volumeId(), Map.of()));
    config.put("volumes", volumes);
    return config;
  }

  /** Changes with the environment's configuration, and only then. */
  String etag(Environment environment) {
    return Integer.toHexString(of(environment, true).hashCode());
  }

  private Map<String, Object> service(Instance instance, boolean decrypted) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("source", source(instance));
    view.put("variables", variables(state.variablesIn(world.scope(instance)), decrypted));
    Map<String, Object> build = new TreeMap<>();
    Map<String, Object> deploy = new TreeMap<>();
    if (!instance.watchPatterns().isEmpty()) {
      build.put("watchPatterns", instance.watchPatterns());
    }
    instance
        .config()
        .forEach((name, value) -> (BUILD.contains(name) ? build : deploy).put(name, value));
    view.put("build", build);
    view.put("deploy", deploy);
    view.put(
        "networking",
        Map.of(
            "serviceDomains",
            domains(Domains.of(state, instance, false)),
            "customDomains",
            domains(Domains.of(state, instance, true))));
    Map<String, Object> mounts = new TreeMap<>();
    volumesIn(instance.environment()).stream()
        .filter(v -> world.serviceId(instance.service().name()).equals(v.serviceId()))
        .forEach(v -> mounts.put(v.volumeId(), Map.of("mountPath", v.mountPath())));
    view.put("volumeMounts", mounts);
    return view;
  }

  private Map<String, Object> source(Instance instance) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("repo", world.settings().repository());
    state.triggersOf(instance).stream()
        .findFirst()
        .ifPresent(
            trigger -> {
              source.put("branch", trigger.branch());
              source.put("checkSuites", trigger.checkSuites());
            });
    source.put("rootDirectory", instance.service().directory());
    return source;
  }

  private static Map<String, Object> variables(Map<String, Variable> set, boolean decrypted) {
    Map<String, Object> view = new TreeMap<>();
    set.forEach(
        (name, variable) ->
            view.put(
                name,
                variable.sealed()
                    ? Map.of("isSealed", true)
                    : Map.of("value", decrypted ? variable.value() : HIDDEN)));
    return view;
  }

  private static Map<String, Object> domains(List<Domain> domains) {
    Map<String, Object> view = new TreeMap<>();
    for (Domain domain : domains) {
      view.put(
          domain.name(),
          domain.targetPort() == null ? Map.of() : Map.of("port", domain.targetPort()));
    }
    return view;
  }

  private List<VolumeInstance> volumesIn(Environment environment) {
    return state.volumes().stream()
        .filter(v -> v.environmentId().equals(environment.id()))
        .toList();
  }
}
