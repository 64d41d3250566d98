package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.git.GitRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deployments and their statuses. Source: "Create a deployment" and "Inactive deployments". */
final class DeploymentRoutes {

  private static final Set<String> STATES =
      Set.of("error", "failure", "inactive", "in_progress", "queued", "pending", "success");

  private record Deployment(
      long id,
      String sha,
      String ref,
      String task,
      Object payload,
      String environment,
      String description,
      String login,
      boolean ofAWhile,
      boolean ofProduction,
      Instant at) {}

  private record Status(
      long id,
      long deployment,
      String state,
      String description,
      String environment,
      String environmentUrl,
      String logUrl,
      String login,
      Instant at) {}

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;
  private final Checks checks;
  private final Map<Long, Deployment> deployments = new LinkedHashMap<>();
  private final List<Status> statuses = new ArrayList<>();

  DeploymentRoutes(Hub hub, Shapes shapes, Checks checks) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
    this.checks = checks;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/deployments", this::list);
    table.inRepository("POST", "/deployments", this::create);
    table.inRepository("GET", "/deployments/{id}", this::get);
    table.inRepository("DELETE", "/deployments/{id}", this::delete);
    table.inRepository("GET", "/deployments/{id}/statuses", this::listStatuses);
    table.inRepository("POST", "/deployments/{id}/statuses", this::createStatus);
  }

  private Reply list(Request request) {
    List<Deployment> found =
        new ArrayList<>(
            deployments.values().stream()
                .filter(one -> request.query("ref").map(one.ref()::equals).orElse(true))
                .filter(one -> request.query("sha").map(one.sha()::equals).orElse(true))
                .filter(one -> request.query("task").map(one.task()::equals).orElse(true))
                .filter(
                    one -> request.query("environment").map(one.environment()::equals).orElse(true))
                .toList());
    Collections.reverse(found);
    return Pages.array(request, found, one -> shape(request, one));
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
    Deployment made =
        new Deployment(
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
    deployments.put(made.id(), made);
    request.about(null, made.id());
    return Reply.done(201, shape(request, made));
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

  private Deployment find(Request request) {
    long id = request.number("id");
    request.about(null, id);
    return Optional.ofNullable(deployments.get(id)).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shape(request, find(request)));
  }

  private Reply delete(Request request) {
    Deployment deployment = find(request);
    boolean inactive = state(deployment).filter("inactive"::equals).isPresent();
    if (!inactive && deployments.size() > 1) {
      throw Refusal.of(
          422,
          "We cannot delete an active deployment unless it is the only deployment in a given"
              + " environment.");
    }
    deployments.remove(deployment.id());
    return Reply.done(204, null);
  }

  private Reply listStatuses(Request request) {
    List<Status> found = new ArrayList<>(statusesOf(find(request)));
    Collections.reverse(found);
    return Pages.array(request, found, status -> shape(request, status));
  }

  private Reply createStatus(Request request) {
    Deployment deployment = find(request);
    String state = request.required("DeploymentStatus", "state");
    if (!STATES.contains(state)) {
      throw Refusal.invalid("DeploymentStatus", "state", "invalid");
    }
    String description = request.text("description").orElse("");
    if (description.length() > 140) {
      throw Refusal.custom(
          "DeploymentStatus", "description is too long (maximum is 140 characters)");
    }
    Status status =
        new Status(
            hub.nextId(),
            deployment.id(),
            state,
            description,
            request.text("environment").orElse(deployment.environment()),
            request.text("environment_url").orElse(""),
            request.text("log_url").or(() -> request.text("target_url")).orElse(""),
            request.login(),
            hub.now());
    if (state.equals("success") && request.flag("auto_inactive", true)) {
      retireOthers(deployment, status);
    }
    statuses.add(status);
    return Reply.done(201, shape(request, status));
  }

  private void retireOthers(Deployment deployment, Status status) {
    for (Deployment other : deployments.values()) {
      boolean replaced =
          other.id() != deployment.id()
              && other.environment().equals(status.environment())
              && !other.ofAWhile()
              && !other.ofProduction()
              && state(other).filter("success"::equals).isPresent();
      if (replaced) {
        statuses.add(
            new Status(
                hub.nextId(),
                other.id(),
                "inactive",
                "",
                other.environment(),
                "",
                "",
                status.login(),
                hub.now()));
      }
    }
  }

  private List<Status> statusesOf(Deployment deployment) {
    return statuses.stream().filter(one -> one.deployment() == deployment.id()).toList();
  }

  private Optional<String> state(Deployment deployment) {
    List<Status> all = statusesOf(deployment);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).state());
  }

  private Map<String, Object> shape(Request request, Deployment deployment) {
    String url = shapes.url(request, "/deployments/" + deployment.id());
    return Json.object(
        "url",
        url,
        "id",
        deployment.id(),
        "node_id",
        "DE_" + deployment.id(),
        "task",
        deployment.task(),
        "original_environment",
        deployment.environment(),
        "environment",
        deployment.environment(),
        "description",
        deployment.description(),
        "created_at",
        Json.time(deployment.at()),
        "updated_at",
        Json.time(deployment.at()),
        "statuses_url",
        url + "/statuses",
        "repository_url",
        shapes.url(request, ""),
        "creator",
        shapes.user(request, deployment.login()),
        "sha",
        deployment.sha(),
        "ref",
        deployment.ref(),
        "payload",
        deployment.payload(),
        "transient_environment",
        deployment.ofAWhile(),
        "production_environment",
        deployment.ofProduction());
  }

  private Map<String, Object> shape(Request request, Status status) {
    String deployment = shapes.url(request, "/deployments/" + status.deployment());
    return Json.object(
        "url",
        deployment + "/statuses/" + status.id(),
        "id",
        status.id(),
        "node_id",
        "DES_" + status.id(),
        "state",
        status.state(),
        "creator",
        shapes.user(request, status.login()),
        "description",
        status.description(),
        "environment",
        status.environment(),
        "target_url",
        status.logUrl(),
        "created_at",
        Json.time(status.at()),
        "updated_at",
        Json.time(status.at()),
        "deployment_url",
        deployment,
        "repository_url",
        shapes.url(request, ""),
        "environment_url",
        status.environmentUrl(),
        "log_url",
        status.logUrl());
  }
}
