package dev.signalbox.sandbox.railway;

import java.util.HashMap;
import java.util.Map;

/** Variables of services, and the ones that an environment shares. */
final class VariableOperations {
  private final World world;
  private final VariableChanges changes;

  private VariableOperations(Project project) {
    this.world = project.world();
    this.changes = project.variables();
  }

  static void addTo(RootFields fields, Project project) {
    VariableOperations operations = new VariableOperations(project);
    fields.query("variables", operations::read);
    fields.query("variablesForServiceDeployment", operations::read);
    fields.mutation("variableUpsert", operations::upsert);
    fields.mutation("variableCollectionUpsert", operations::upsertMany);
    fields.mutation("variableDelete", operations::delete);
  }

  private Object read(Asked asked) {
    asked.mustBeOurProject(asked.text("projectId"));
    boolean rendered = !asked.arguments().containsKey("unrendered") || !asked.flag("unrendered");
    Variables variables = new Variables(world, asked.state());
    return asked.arguments().get("serviceId") == null
        ? variables.readableShared(asked.environment(asked.text("environmentId")), rendered)
        : variables.readable(asked.instance(asked.arguments()), rendered);
  }

  private Object upsert(Asked asked) {
    Map<String, Object> input = asked.input();
    return upsert(asked, Map.of((String) input.get("name"), (String) input.get("value")), false);
  }

  private Object upsertMany(Asked asked) {
    Map<String, String> values = new HashMap<>();
    ConfigPatch.asObject(asked.input().get("variables"))
        .forEach((name, value) -> values.put(name, String.valueOf(value)));
    return upsert(asked, values, Boolean.TRUE.equals(asked.input().get("replace")));
  }

  private Object upsert(Asked asked, Map<String, String> values, boolean replace) {
    Scope scope = scope(asked);
    boolean deploys = !Boolean.TRUE.equals(asked.input().get("skipDeploys"));
    if (changes.upsert(scope, values, replace, deploys)) {
      asked.changed(String.join(",", values.keySet()));
    }
    return true;
  }

  private Object delete(Asked asked) {
    String name = (String) asked.input().get("name");
    if (changes.delete(scope(asked), name)) {
      asked.changed(name);
    }
    return true;
  }

  private Scope scope(Asked asked) {
    Map<String, Object> input = asked.input();
    asked.mustBeOurProject(input.get("projectId"));
    return input.get("serviceId") == null
        ? new Scope(asked.environment(input.get("environmentId")).id(), null)
        : world.scope(asked.instance(input));
  }
}
