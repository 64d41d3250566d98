package dev.signalbox.sandbox.railway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is asking, what they own, and the platform as a whole. */
final class AccountOperations {
  private final World world;

  private AccountOperations(World world) {
    this.world = world;
  }

  static void addTo(RootFields fields, World world) {
    AccountOperations operations = new AccountOperations(world);
    fields.query("platformStatus", asked -> world.workspace().platform().status());
    fields.query("regions", asked -> List.of(Regions.view()));
    fields.query("me", operations::me);
    fields.query("apiToken", operations::apiToken);
    fields.query("workspace", operations::workspace);
    fields.query("externalWorkspaces", operations::externalWorkspaces);
    fields.query("projectFavorites", operations::projectFavorites);
    fields.query("projectToken", operations::projectToken);
  }

  private Object me(Asked asked) {
    asked.mustBeAccount();
    Map<String, Object> view = Views.node(Account.USER_ID, Account.USER, world.createdAt());
    view.put("email", Account.EMAIL);
    view.put("workspaces", List.of(asked.views().workspace()));
    return view;
  }

  private Object apiToken(Asked asked) {
    asked.mustBeAccount();
    return Map.of("workspaces", List.of(asked.views().workspace()));
  }

  private Object workspace(Asked asked) {
    asked.mustBeAccount();
    if (!Account.WORKSPACE_ID.equals(asked.text("workspaceId"))) {
      throw RailwayError.notFound("Workspace");
    }
    return asked.views().workspace();
  }

  /** Of other people, as far as they let this account in: none. */
  private Object externalWorkspaces(Asked asked) {
    asked.mustBeAccount();
    return List.of();
  }

  private Object projectFavorites(Asked asked) {
    asked.mustBeAccount();
    return List.of();
  }

  private Object projectToken(Asked asked) {
    if (asked.caller().kind() != Caller.Kind.PROJECT) {
      throw new RailwayError("Project Token not found");
    }
    Environment environment = asked.environment(asked.caller().environmentId());
    Map<String, Object> view = new HashMap<>();
    view.put("id", "project-token-" + environment.id());
    view.put("name", environment.name());
    view.put("createdAt", environment.createdAt().toString());
    view.put("projectId", world.projectId());
    view.put("environmentId", environment.id());
    view.put("project", asked.views().project());
    view.put("environment", asked.views().environment(environment));
    return view;
  }
}
