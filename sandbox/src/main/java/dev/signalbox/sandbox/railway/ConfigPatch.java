package dev.signalbox.sandbox.railway;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Commits a patch of an {@link EnvironmentConfig}: what it names is changed, null takes away, and
 * exactly the services that are different afterwards are deployed.
 */
final class ConfigPatch {
  private final World world;
  private final Deployments deployments;
  private final Triggers triggers;
  private final VariableChanges variables;

  ConfigPatch(World world, Deployments deployments, Triggers triggers, VariableChanges variables) {
    this.world = world;
    this.deployments = deployments;
    this.triggers = triggers;
    this.variables = variables;
  }

  /** Gives the patch's id when something changed; a patch of what is so already does nothing. */
  Optional<String> commit(Environment environment, Map<String, Object> patch, boolean deploys) {
    Map<String, Object> before = config(environment);
    Set<String> made = new LinkedHashSet<>();
    object(patch, "sharedVariables")
        .ifPresent(shared -> setVariables(new Scope(environment.id(), null), shared));
    object(patch, "services")
        .ifPresent(
            services ->
                services.forEach((id, part) -> service(environment, id, asObject(part), made)));
    Map<String, Object> after = config(environment);
    if (before.equals(after)) {
      return Optional.empty();
    }
    String id = World.newId();
    if (deploys) {
      deployChanged(environment, before, after, made, id);
    }
    return Optional.of(id);
  }

  private Map<String, Object> config(Environment environment) {
    Map<String, Object> config = new EnvironmentConfig(world, world.state()).of(environment, true);
    // A sealed value is in no config; its change must be seen all the same.
    config.put("sealed", world.state().variables());
    return config;
  }

  private void deployChanged(
      Environment environment,
      Map<String, Object> before,
      Map<String, Object> after,
      Set<String> made,
      String patchId) {
    for (Instance instance : world.state().instancesIn(environment)) {
      String serviceId = world.serviceId(instance.service().name());
      if (made.contains(serviceId)) {
        deployments.deployLatest(instance);
      } else if (!part(before, serviceId).equals(part(after, serviceId))
          || !sealed(before, instance).equals(sealed(after, instance))) {
        deployments.redeployAfter(instance, patchId);
      }
    }
  }

  private static Object part(Map<String, Object> config, String serviceId) {
    return asObject(config.get("services")).getOrDefault(serviceId, Map.of());
  }

  private Object sealed(Map<String, Object> config, Instance instance) {
    Map<?, ?> all = (Map<?, ?>) config.get("sealed");
    Object own = all.get(world.scope(instance));
    return own == null ? Map.of() : own;
  }

  private void service(
      Environment environment, String serviceId, Map<String, Object> part, Set<String> made) {
    var settings = world.service(serviceId).orElseThrow(() -> RailwayError.notFound("Service"));
    Optional<Instance> present = world.state().instance(environment.name(), settings.name());
    if (Boolean.TRUE.equals(part.get("isDeleted"))) {
      present.ifPresent(this::uninstall);
      return;
    }
    Instance instance =
        present.orElseGet(
            () -> {
              made.add(serviceId);
              return world.install(environment, settings, Map.of());
            });
    object(part, "variables").ifPresent(set -> setVariables(world.scope(instance), set));
    object(part, "source").ifPresent(source -> setSource(instance, source));
    Map<String, Object> config = new TreeMap<>(instance.config());
    object(part, "build").ifPresent(build -> merge(build, config));
    object(part, "deploy").ifPresent(deploy -> merge(deploy, config));
    if (config.get("watchPatterns") != null
        && config.get("watchPatterns").equals(settings.watch())) {
      config.remove("watchPatterns");
    }
    configure(instance, config);
    object(part, "volumeMounts").ifPresent(mounts -> mount(environment, serviceId, mounts));
  }

  void configure(Instance instance, Map<String, Object> config) {
    world
        .history()
        .change(
            draft ->
                draft.instances.replaceAll(
                    i -> i.id().equals(instance.id()) ? i.with(Map.copyOf(config)) : i));
  }

  static void merge(Map<String, Object> changes, Map<String, Object> into) {
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            into.remove(name);
          } else {
            into.put(name, value);
          }
        });
  }

  private void setVariables(Scope scope, Map<String, Object> changes) {
    Map<String, Variable> after = new HashMap<>(world.state().variablesIn(scope));
    changes.forEach(
        (name, change) -> {
          Map<String, Object> wanted = asObject(change);
          if (change == null) {
            after.remove(name);
          } else {
            set(after, name, wanted);
          }
        });
    variables.put(scope, after);
  }

  /** A copy of a sealed variable comes without its value, so it is not set. */
  private static void set(
      Map<String, Variable> variables, String name, Map<String, Object> wanted) {
    Variable known = variables.get(name);
    Object value = wanted.get("value");
    if (value == null && known != null) {
      value = known.value();
    }
    boolean sealed =
        wanted.get("isSealed") instanceof Boolean given ? given : known != null && known.sealed();
    if (value != null) {
      variables.put(name, new Variable(value.toString(), sealed));
    }
  }

  private void setSource(Instance instance, Map<String, Object> source) {
    Optional<Trigger> present = world.state().triggersOf(instance).stream().findFirst();
    String branch = (String) source.get("branch");
    Boolean checkSuites = (Boolean) source.get("checkSuites");
    if (present.isPresent()) {
      triggers.update(present.get(), branch, checkSuites);
    } else if (branch != null) {
      triggers.create(instance, branch, Boolean.TRUE.equals(checkSuites));
    }
  }

  private void mount(Environment environment, String serviceId, Map<String, Object> mounts) {
    mounts.forEach(
        (volumeId, mount) -> {
          String path = (String) asObject(mount).get("mountPath");
          world
              .history()
              .change(
                  draft -> {
                    boolean here =
                        draft.volumes.stream().anyMatch(v -> isIn(v, volumeId, environment));
                    if (here) {
                      draft.volumes.replaceAll(
                          v -> isIn(v, volumeId, environment) ? v.mounted(serviceId, path) : v);
                    } else {
                      draft.volumes.add(own(environment, serviceId, volumeId, path));
                    }
                  });
        });
  }

  private static boolean isIn(VolumeInstance volume, String volumeId, Environment environment) {
    return volume.volumeId().equals(volumeId) && volume.environmentId().equals(environment.id());
  }

  private VolumeInstance own(
      Environment environment, String serviceId, String volumeId, String path) {
    String name =
        world.state().volumes().stream()
            .filter(v -> v.volumeId().equals(volumeId))
            .map(VolumeInstance::name)
            .findFirst()
            .orElse("volume");
    return new VolumeInstance(
        World.newId(), volumeId, name, environment.id(), serviceId, path, world.now());
  }

  private void uninstall(Instance instance) {
    deployments.removeAll(instance);
    instance.proxy().close();
    world
        .history()
        .change(
            draft -> {
              draft.instances.removeIf(i -> i.id().equals(instance.id()));
              draft.domains.removeIf(d -> d.instanceId().equals(instance.id()));
              draft.triggers.removeIf(t -> instance.is(t.environment(), t.service()));
              draft.variables.remove(world.scope(instance));
            });
  }

  private static Optional<Map<String, Object>> object(Map<String, Object> from, String key) {
    return from.get(key) instanceof Map<?, ?>
        ? Optional.of(asObject(from.get(key)))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // JSON objects have texts as keys
  static Map<String, Object> asObject(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
