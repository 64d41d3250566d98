package dev.signalbox.sandbox.railway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The project and its environments: read, made, forked, patched, renamed, deleted. */
final class EnvironmentOperations {
  private final World world;
  private final Environments environments;
  private final ConfigPatch patches;

  private EnvironmentOperations(Project project) {
    this.world = project.world();
    this.environments = project.environments();
    this.patches = project.patches();
  }

  static void addTo(RootFields fields, Project project) {
    EnvironmentOperations operations = new EnvironmentOperations(project);
    fields.query("project", operations::project);
    fields.query("projects", operations::projects);
    fields.query("environments", operations::environments);
    fields.query("environment", operations::environment);
    fields.query("environmentStagedChanges", operations::stagedChanges);
    fields.mutation("projectUpdate", operations::updateProject);
    fields.mutation("environmentCreate", operations::create);
    fields.mutation("environmentRename", operations::rename);
    fields.mutation("environmentDelete", operations::delete);
    fields.mutation("environmentPatchCommit", operations::commitPatch);
    fields.mutation("environmentStageChanges", operations::stage);
    fields.mutation("environmentPatchCommitStaged", operations::commitStaged);
  }

  private Object project(Asked asked) {
    asked.mustBeOurProject(asked.text("id"));
    return asked.views().project();
  }

  /** Without a workspace an account token sees none (undocumented, seen in practice). */
  private Object projects(Asked asked) {
    asked.mustBeAccount();
    boolean ours = Account.WORKSPACE_ID.equals(asked.text("workspaceId"));
    return Relay.page(ours ? Asked.projects(asked.field()) : List.of(), asked.field());
  }

  private Object environments(Asked asked) {
    asked.mustBeOurProject(asked.text("projectId"));
    return Relay.page(
        asked.views().environments(asked.field().getArgument("isEphemeral")), asked.field());
  }

  private Object environment(Asked asked) {
    Object project = asked.text("projectId");
    if (project != null) {
      asked.mustBeOurProject(project);
    }
    return asked.views().environment(asked.environment(asked.text("id")));
  }

  private Object updateProject(Asked asked) {
    asked.mustBeAccount();
    asked.mustBeOurProject(asked.text("id"));
    Map<String, Object> input = asked.input();
    ProjectOptions old = world.state().project();
    String base = given(input, "baseEnvironmentId", old.baseEnvironmentId());
    if (base != null) {
      asked.environment(base);
    }
    ProjectOptions changed =
        new ProjectOptions(
            given(input, "name", old.name()),
            given(input, "description", old.description()),
            base,
            given(input, "prDeploys", old.prDeploys()),
            given(input, "botPrEnvironments", old.botPrEnvironments()),
            given(input, "focusedPrEnvironments", old.focusedPrEnvironments()));
    if (!changed.equals(old)) {
      world.history().change(draft -> draft.project = changed);
      asked.changed(world.projectId());
    }
    return asked.viewsNow().project();
  }

  @SuppressWarnings("unchecked") // the schema has checked the types
  private static <T> T given(Map<String, Object> input, String name, T otherwise) {
    return input.get(name) == null ? otherwise : (T) input.get(name);
  }

  /** An account's right alone: a workspace's or a project's token is refused. */
  private Object create(Asked asked) {
    asked.mustBeAccount();
    Map<String, Object> input = asked.input();
    asked.mustBeOurProject(input.get("projectId"));
    Environment source =
        input.get("sourceEnvironmentId") == null
            ? null
            : asked.environment(input.get("sourceEnvironmentId"));
    Environment made =
        environments.create(
            new Environments.Wanted(
                (String) input.get("name"),
                source,
                Boolean.TRUE.equals(input.get("ephemeral")),
                !Boolean.TRUE.equals(input.get("skipInitialDeploys"))));
    asked.changed(made.id());
    return asked.viewsNow().environment(made);
  }

  private Object rename(Asked asked) {
    asked.mustBeAccount();
    Environment environment = asked.environment(asked.text("id"));
    Environment renamed = environments.rename(environment, (String) asked.input().get("name"));
    asked.changed(renamed.id());
    return asked.viewsNow().environment(renamed);
  }

  private Object delete(Asked asked) {
    asked.mustBeAccount();
    Environment environment = asked.environment(asked.text("id"));
    environments.delete(environment);
    asked.changed(environment.id());
    return true;
  }

  private Object commitPatch(Asked asked) {
    Environment environment = asked.environment(asked.text("environmentId"));
    return commit(asked, environment, ConfigPatch.asObject(asked.arguments().get("patch")), true);
  }

  private Object commit(
      Asked asked, Environment environment, Map<String, Object> patch, boolean deploys) {
    Optional<String> id = patches.commit(environment, patch, deploys);
    id.ifPresent(any -> asked.changed(environment.id()));
    return id.orElseGet(World::newId);
  }

  private Object stage(Asked asked) {
    Environment environment = asked.environment(asked.text("environmentId"));
    Map<String, Object> patch = new HashMap<>();
    Staged before = world.state().staged().get(environment.id());
    if (asked.flag("merge") && before != null) {
      patch.putAll(before.patch());
    }
    ConfigPatch.asObject(asked.arguments().get("input"))
        .forEach((name, part) -> patch.merge(name, part, EnvironmentOperations::merged));
    Staged staged = new Staged(World.newId(), Map.copyOf(patch), world.now());
    world.history().change(draft -> draft.staged.put(environment.id(), staged));
    asked.changed(environment.id());
    return patchView(environment, staged);
  }

  private static Object merged(Object old, Object changes) {
    if (!(old instanceof Map<?, ?>) || !(changes instanceof Map<?, ?>)) {
      return changes;
    }
    Map<String, Object> both = new HashMap<>(ConfigPatch.asObject(old));
    ConfigPatch.asObject(changes)
        .forEach((name, part) -> both.merge(name, part, EnvironmentOperations::merged));
    return both;
  }

  private Object stagedChanges(Asked asked) {
    Environment environment = asked.environment(asked.text("environmentId"));
    Staged staged = asked.state().staged().get(environment.id());
    return patchView(
        environment,
        staged == null
            ? new Staged("none-" + environment.id(), Map.of(), environment.createdAt())
            : staged);
  }

  private Object commitStaged(Asked asked) {
    Environment environment = asked.environment(asked.text("environmentId"));
    Staged staged = world.state().staged().get(environment.id());
    if (staged == null) {
      throw new RailwayError("No staged changes to commit");
    }
    world.history().change(draft -> draft.staged.remove(environment.id()));
    asked.changed(environment.id());
    return commit(asked, environment, staged.patch(), !asked.flag("skipDeploys"));
  }

  private static Map<String, Object> patchView(Environment environment, Staged staged) {
    Map<String, Object> view = Views.node(staged.id(), null, staged.createdAt());
    view.put("status", "STAGED");
    view.put("environmentId", environment.id());
    view.put("patch", staged.patch());
    return view;
  }
}
