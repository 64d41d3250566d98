package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.git.GitRepository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deployments and their statuses. Source: "Create a deployment" and "Inactive deployments". */
final class DeploymentRoutes {

  private static final Set<String> STATES =
      Set.of("error", "failure", "inactive", "in_progress", "queued", "pending", "success");

  private final Hub hub;
  private final GitRepository repository;
  private final DeploymentShapes shapes;
  private final Checks checks;
  private final Deployments deployments;

  DeploymentRoutes(Hub hub, DeploymentShapes shapes, Checks checks, Deployments deployments) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
    this.checks = checks;
    this.deployments = deployments;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/deployments", this::list);
    table.inRepository("POST", "/deployments", this::create);
    table.inRepository("GET", "/deployments/{id}", this::get);
    table.inRepository("DELETE", "/deployments/{id}", this::delete);
    table.inRepository("GET", "/deployments/{id}/statuses", this::listStatuses);
    table.inRepository("POST", "/deployments/{id}/statuses", this::createStatus);
    table.inRepository("GET", "/deployments/{id}/statuses/{status}", this::getStatus);
  }

  private Reply list(Request request) {
    List<Deployments.Deployment> found =
        deployments.all().stream()
            .filter(one -> request.query("ref").map(one.ref()::equals).orElse(true))
            .filter(one -> request.query("sha").map(one.sha()::equals).orElse(true))
            .filter(one -> request.query("task").map(one.task()::equals).orElse(true))
            .filter(one -> request.query("environment").map(one.environment()::equals).orElse(true))
            .toList();
    return Pages.array(request, found, one -> shapes.deployment(request, one));
  }

  private Reply create(Request request) {
    String ref = request.required("Deployment", "ref");
    String sha =
        repository.resolve(ref).orElseThrow(() -> Refusal.of(422, "No ref found for: " + ref));
    Optional<Reply> merged =
        request.flag("auto_merge", true) ? autoMerge(request, ref, sha) : Optional.empty();
    if (merged.isPresent()) {
      return merged.get();
    }
    refuseRed(request, ref, sha);
    String environment = request.text("environment").orElse("production");
    JsonNode payload = request.body().get("payload");
    Deployments.Deployment made =
        new Deployments.Deployment(
            hub.nextId(),
            sha,
            ref,
            request.text("task").orElse("deploy"),
            payload == null ? Map.of() : payload,
            environment,
            request.text("description").orElse(null),
            request.login(),
            request.flag("transient_environment", false),
            request.flag("production_environment", environment.equals("production")),
            hub.now());
    deployments.add(made);
    request.about(null, made.id());
    return Reply.done(201, shapes.deployment(request, made));
  }

  /** A branch that lacks commits of the default branch gets them first, and is not deployed. */
  private Optional<Reply> autoMerge(Request request, String ref, String sha) {
    String main = repository.defaultBranch();
    Optional<String> newest = repository.tip(main);
    if (newest.isEmpty()
        || repository.tip(ref).isEmpty()
        || repository.contains(sha, newest.get())) {
      return Optional.empty();
    }
    String message = "Merge branch '" + main + "' into " + ref;
    Optional<String> commit =
        MergeRoutes.mergeInto(hub, ref, sha, newest.get(), message, request.login());
    if (commit.isEmpty()) {
      throw Refusal.of(409, "Conflict merging " + main + " into " + ref + ".");
    }
    request.about(ref, null);
    return Optional.of(
        Reply.done(
            202,
            Json.object("message", "Auto-merged " + main + " into " + ref + " on deployment.")));
  }

  private void refuseRed(Request request, String ref, String sha) {
    Map<String, String> states = checks.states(sha);
    JsonNode required = request.body().get("required_contexts");
    List<Map<String, Object>> open = new ArrayList<>();
    for (String context : contexts(required, states.keySet())) {
      String state = states.getOrDefault(context, "pending");
      if (!state.equals("success")) {
        open.add(Json.object("context", context, "state", state));
      }
    }
    if (!open.isEmpty()) {
      throw Refusal.withErrors(
          409,
          "Conflict: Commit status checks failed for " + ref + ".",
          Json.object(
              "contexts",
              open,
              "resource",
              "Deployment",
              "field",
              "required_contexts",
              "code",
              "invalid"));
    }
  }

  private static Iterable<String> contexts(JsonNode required, Set<String> reported) {
    if (required == null || required.isNull()) {
      return reported;
    }
    List<String> named = new ArrayList<>();
    required.forEach(context -> named.add(context.asText()));
    return named;
  }

  private Deployments.Deployment find(Request request) {
    long id = request.number("id");
    request.about(null, id);
    return deployments.find(id).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shapes.deployment(request, find(request)));
  }

  private Reply delete(Request request) {
    Deployments.Deployment deployment = find(request);
    if (!deployments.removable(deployment)) {
      throw Refusal.of(
          422,
          "We cannot delete an active deployment unless it is the only deployment in a given"
              + " environment.");
    }
    deployments.remove(deployment);
    return Reply.done(204, null);
  }

  private Reply listStatuses(Request request) {
    List<Deployments.Status> found = new ArrayList<>(deployments.statusesOf(find(request)));
    Collections.reverse(found);
    return Pages.array(request, found, status -> shapes.status(request, status));
  }

  private Reply getStatus(Request request) {
    long wanted = request.number("status");
    return deployments.statusesOf(find(request)).stream()
        .filter(status -> status.id() == wanted)
        .findFirst()
        .map(status -> Reply.ok(shapes.status(request, status)))
        .orElseThrow(Refusal::notFound);
  }

  private Reply createStatus(Request request) {
    Deployments.Deployment deployment = find(request);
    String state = request.required("DeploymentStatus", "state");
    if (!STATES.contains(state)) {
      throw Refusal.invalid("DeploymentStatus", "state", "invalid");
    }
    String description = request.text("description").orElse("");
    if (description.length() > 140) {
      throw Refusal.custom(
          "DeploymentStatus", "description is too long (maximum is 140 characters)");
    }
    Deployments.Status status =
        new Deployments.Status(
            hub.nextId(),
            deployment.id(),
            state,
            description,
            request.text("environment").orElse(deployment.environment()),
            request.text("environment_url").orElse(""),
            request.text("log_url").or(() -> request.text("target_url")).orElse(""),
            request.login(),
            hub.now());
    deployments.add(deployment, status, request.flag("auto_inactive", true));
    return Reply.done(201, shapes.status(request, status));
  }
}
