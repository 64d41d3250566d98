package dev.signalbox.sandbox.railway;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.HashMap;
import java.util.Map;

/**
 * Which project answers a root field: the one that the ids among its arguments belong to. There
 * everything of another project is unknown, so what mixes two of them finds nothing.
 */
final class Addressees {
  private final Platform platform;
  private final Map<Project, RootFields> fields = new HashMap<>();

  Addressees(Platform platform) {
    this.platform = platform;
    platform.projects().forEach(project -> fields.put(project, RailwayOperations.of(project)));
  }

  /**
   * What answers the field of this root type; null when nothing does. Throws {@link RailwayError}
   * for a project token in a project that is not its own.
   */
  DataFetcher<?> find(String rootType, String name, DataFetchingEnvironment field) {
    Asked.Request request = field.getGraphQlContext().get(Asked.Request.class);
    Project home = home(request);
    Project project =
        platform.about(RootField.texts(field.getArguments()), request.states()).orElse(home);
    if (project != home && request.caller().kind() == Caller.Kind.PROJECT) {
      throw request.caller().refusal();
    }
    return fields.get(project).find(rootType, name);
  }

  /** Where a question is answered that names nothing. */
  private Project home(Asked.Request request) {
    return platform.projects().stream()
        .filter(project -> request.caller().sees(request.states().get(project.world())))
        .findFirst()
        .orElse(platform.main());
  }
}
