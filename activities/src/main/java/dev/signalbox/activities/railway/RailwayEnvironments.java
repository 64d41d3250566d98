package dev.signalbox.activities.railway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.workflows.railway.PreviewActivities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Railway's public API, as far as it makes and removes environments.
 *
 * @see <a href="https://docs.railway.com/integrations/api/manage-environments">Railway: Manage
 *     Environments</a>
 */
final class RailwayEnvironments {
  private static final int MANY_PAGES = 20;

  private final RailwayGraphQl graph;

  RailwayEnvironments(RailwayGraphQl graph) {
    this.graph = graph;
  }

  /**
   * One environment, as the list has it.
   *
   * @param sourceEnvironment the one that it was copied from; null = none, or it is gone
   * @param meta of one that Railway made for a pull request by itself; else empty or null
   */
  record Listed(
      String id,
      String name,
      boolean isEphemeral,
      Instant createdAt,
      Source sourceEnvironment,
      Meta meta,
      Connection<Name> variables) {

    record Source(String id) {}

    record Meta(Integer prNumber, String prRepo) {}

    /**
     * @param serviceId null = shared by all services
     */
    record Name(String name, String serviceId) {}

    boolean marked() {
      return variables != null
          && variables.nodes().stream()
              .anyMatch(
                  variable ->
                      variable.serviceId() == null
                          && PreviewActivities.MARK.equals(variable.name()));
    }

    Integer pullNumber() {
      return meta == null ? null : meta.prNumber();
    }

    String pullRepository() {
      return meta == null ? null : meta.prRepo();
    }

    boolean copiedFrom(Listed source) {
      return sourceEnvironment != null && source.id().equals(sourceEnvironment.id());
    }
  }

  /**
   * Every environment of a project.
   *
   * @param makesItsOwn whether Railway makes environments for pull requests by itself
   */
  record Listing(List<Listed> all, boolean makesItsOwn) {}

  /** Every environment: unfiltered, because a filter would hide one that has the name. */
  List<Listed> all(String project) {
    return list(project).all();
  }

  Listing list(String project) {
    boolean makesItsOwn = false;
    String tried = "list the environments of the project";
    List<Listed> all = new ArrayList<>();
    String after = null;
    for (int page = 0; page == 0 || (after != null && page < MANY_PAGES); page++) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("project", project);
      variables.put("after", after);
      JsonNode data = graph.query(tried, GraphQlOperation.ENVIRONMENTS, variables);
      makesItsOwn = data.path("project").path("prDeploys").asBoolean(false);
      Connection<Listed> listed =
          graph.convert(
              tried,
              data.path("project").path("environments"),
              new TypeReference<Connection<Listed>>() {});
      all.addAll(listed.nodes());
      after = listed.next();
    }
    return new Listing(all, makesItsOwn);
  }

  /**
   * Makes one from its source, with nothing deployed. Railway refuses a name that is taken. Nothing
   * of it leaves after the deadline.
   */
  void create(String project, String name, Listed source, Instant deadline) {
    graph.sendOnce(
        "make environment " + name + " from " + source.name(),
        GraphQlOperation.ENVIRONMENT_CREATE,
        Map.of(
            "input",
            Map.of(
                "projectId",
                project,
                "name",
                name,
                "sourceEnvironmentId",
                source.id(),
                "ephemeral",
                true,
                "skipInitialDeploys",
                true)),
        graph.credential(),
        deadline);
  }

  /** Whether this refusal says that the name is taken. */
  static boolean taken(ApiException refusal) {
    return refusal.is(Kind.REJECTED) && refusal.getMessage().contains("already exists");
  }

  void delete(Listed environment) {
    graph.query(
        "remove environment " + environment.name(),
        GraphQlOperation.ENVIRONMENT_DELETE,
        Map.of("id", environment.id()));
  }

  /** What our mark says there; empty = it carries none. */
  Optional<String> mark(String project, String environmentId) {
    JsonNode mark =
        graph
            .secretly(
                "read the mark of an environment",
                GraphQlOperation.SHARED_VARIABLES,
                Map.of("project", project, "environment", environmentId))
            .path("variables")
            .path(PreviewActivities.MARK);
    return Optional.ofNullable(mark.asText(null));
  }

  /** Marks it; nothing is deployed for that. The same twice is the same. */
  void mark(String project, String environmentId, String mark) {
    set(project, environmentId, null, Map.of(PreviewActivities.MARK, mark));
  }

  /**
   * Sets variables; nothing is deployed for that. Their values stand in no message of a failure.
   *
   * @param serviceId null = for all services
   */
  void set(String project, String environmentId, String serviceId, Map<String, String> values) {
    Map<String, Object> input = new HashMap<>();
    input.put("projectId", project);
    input.put("environmentId", environmentId);
    input.put("serviceId", serviceId);
    input.put("variables", values);
    input.put("skipDeploys", true);
    graph.secretly(
        "set variables of an environment of ours",
        GraphQlOperation.VARIABLE_COLLECTION_UPSERT,
        Map.of("input", input));
  }
}
