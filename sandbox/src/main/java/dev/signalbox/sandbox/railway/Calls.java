package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the journal and the faults see of one request: a call for its first root field and for each
 * further mutation, with the names behind the ids that they were given.
 */
final class Calls {
  private final Platform platform;
  private final Map<String, Call> byField = new HashMap<>();
  private final Call first;

  Calls(Platform platform, Question question) {
    this.platform = platform;
    this.first = read(question);
  }

  Call first() {
    return first;
  }

  /** By alias, or name. */
  Map<String, Call> byField() {
    return Map.copyOf(byField);
  }

  private Call read(Question question) {
    List<RootField> fields = question.fields();
    if (fields.isEmpty()) {
      return new Call(RailwayEndpoint.UNREADABLE, Target.NONE);
    }
    RootField head = fields.get(0);
    String kind = question.subscribes() ? RailwayEndpoint.SUBSCRIPTION : "";
    Call call = new Call(kind + head.name(), target(head));
    byField.put(head.key(), call);
    for (RootField next : fields.subList(1, fields.size())) {
      if (next.mutation()) {
        byField.put(next.key(), call.also(next.name(), target(next)));
      } else if (!next.name().equals(head.name())) {
        call.reads(next.name());
      }
    }
    return call;
  }

  private Target target(RootField field) {
    Map<String, String> given = field.arguments();
    String id = given.getOrDefault("id", given.get("deploymentId"));
    Target target = new Target(null, null, given.get("branch"), id);
    Project project = platform.about(given, platform.states()).orElse(platform.main());
    State state = project.state();
    var deployment = state.deployment(id == null ? "" : id);
    if (deployment.isPresent()) {
      return target
          .withEnvironment(deployment.get().environment())
          .withService(deployment.get().service());
    }
    var trigger = state.triggers().stream().filter(one -> one.id().equals(id)).findFirst();
    if (trigger.isPresent()) {
      return target
          .withEnvironment(trigger.get().environment())
          .withService(trigger.get().service())
          .withBranch(trigger.get().branch());
    }
    String environment = given.getOrDefault("environmentId", id == null ? "" : id);
    return target
        .withEnvironment(state.environment(environment).map(Environment::name).orElse(null))
        .withService(
            project
                .world()
                .service(given.getOrDefault("serviceId", ""))
                .map(ServiceSettings::name)
                .orElse(null));
  }
}
