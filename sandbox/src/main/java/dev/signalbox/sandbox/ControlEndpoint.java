package dev.signalbox.sandbox;

import static dev.signalbox.sandbox.SandboxJson.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.github.FakeGitHub;
import dev.signalbox.sandbox.railway.Deployment;
import dev.signalbox.sandbox.railway.Instance;
import dev.signalbox.sandbox.railway.Platform;
import dev.signalbox.sandbox.railway.RailwayEndpoint;
import dev.signalbox.sandbox.running.App;
import dev.signalbox.sandbox.slack.FakeSlack;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /_sandbox}: the journal, the faults, the state, the clock and the running services. */
final class ControlEndpoint {
  private final Platform platform;
  private final RailwayEndpoint railway;
  private final FakeGitHub github;
  private final FakeSlack slack;
  private final Journal journal;
  private final Faults faults;
  private final SandboxClock clock;
  private final Operations operations;

  ControlEndpoint(
      Platform platform,
      RailwayEndpoint railway,
      FakeGitHub github,
      FakeSlack slack,
      Journal journal,
      Faults faults,
      SandboxClock clock) {
    this.platform = platform;
    this.railway = railway;
    this.github = github;
    this.slack = slack;
    this.journal = journal;
    this.faults = faults;
    this.clock = clock;
    this.operations = new Operations(github, slack);
  }

  void register(RoutesConfig routes) {
    routes.get("/_sandbox/journal", this::journal);
    routes.get("/_sandbox/state", ctx -> json(ctx, state()));
    routes.get("/_sandbox/faults", ctx -> json(ctx, Map.of("faults", faults.rules())));
    routes.post("/_sandbox/faults", ctx -> checked(ctx, () -> addFault(ctx)));
    routes.delete("/_sandbox/faults", this::clearFaults);
    routes.get("/_sandbox/clock", ctx -> json(ctx, time()));
    routes.post("/_sandbox/clock", ctx -> checked(ctx, () -> advance(ctx)));
    routes.patch(
        "/_sandbox/platform",
        ctx -> checked(ctx, () -> json(ctx, platform.say(JSON.readTree(ctx.body())))));
    routes.patch(
        "/_sandbox/services/{environment}/{service}", ctx -> checked(ctx, () -> behave(ctx)));
  }

  private interface Step {
    void run() throws JsonProcessingException;
  }

  private static void checked(Context ctx, Step step) throws JsonProcessingException {
    try {
      step.run();
    } catch (JsonProcessingException noJson) {
      refuse(ctx, "the body is no JSON: " + noJson.getOriginalMessage());
    } catch (IllegalArgumentException wrong) {
      refuse(ctx, String.valueOf(wrong.getMessage()));
    }
  }

  private static void refuse(Context ctx, String sentence) throws JsonProcessingException {
    ctx.status(400);
    json(ctx, Map.of("error", sentence));
  }

  private void journal(Context ctx) throws JsonProcessingException {
    String since = ctx.queryParam("since");
    if (since == null || since.matches("\\d{1,9}")) {
      int number = since == null ? 0 : Integer.parseInt(since);
      json(ctx, Map.of("entries", journal.since(number)));
    } else {
      refuse(ctx, "since: found '" + since + "'; the number of an entry, or 0 for all");
    }
  }

  private void addFault(Context ctx) throws JsonProcessingException {
    JsonNode body = JSON.readTree(ctx.body());
    List<Faults.Rule> rules = new ArrayList<>();
    if (body.isArray()) {
      body.forEach(one -> rules.add(FaultRequest.read(one, operations)));
    } else {
      rules.add(FaultRequest.read(body, operations));
    }
    // All or none: a script that is refused must not leave half of its faults behind.
    rules.forEach(faults::add);
    ctx.status(201);
    json(ctx, Map.of("faults", faults.rules()));
  }

  private void clearFaults(Context ctx) {
    faults.clear();
    ctx.status(204);
  }

  private void advance(Context ctx) throws JsonProcessingException {
    JsonNode body = JSON.readTree(ctx.body());
    if (body.size() != 1 || !body.path("advance").isTextual()) {
      throw new IllegalArgumentException("found " + body + "; write {\"advance\":\"120h\"}");
    }
    clock.advance(Durations.parse(body.get("advance").asText()));
    json(ctx, time());
  }

  /** Of plans; what happens carries the machine's time. */
  private Map<String, Object> time() {
    Map<String, Object> time = new LinkedHashMap<>();
    time.put("now", clock.now().plus(clock.ahead()));
    time.put("ahead", clock.ahead());
    return time;
  }

  private void behave(Context ctx) throws JsonProcessingException {
    json(
        ctx,
        platform.behave(
            ctx.pathParam("environment"), ctx.pathParam("service"), JSON.readTree(ctx.body())));
  }

  private Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("now", clock.now());
    state.put("clock", time());
    state.put("project", platform.projectNames().get(0));
    state.put("projects", platform.projectNames());
    Map<String, String> branches = new LinkedHashMap<>();
    Repository repository = platform.repository();
    for (String branch : repository.branches()) {
      repository.resolve(branch).ifPresent(sha -> branches.put(branch, sha));
    }
    state.put("repository", Map.of("name", repository.name(), "branches", branches));
    state.put("environments", environments());
    state.put("deployments", platform.deployments());
    state.put("triggers", platform.triggers());
    state.put("volumes", platform.volumeInstances());
    state.put("pulls", github.openPulls());
    state.put("webhooks", github.webhooks());
    state.put("slack", slack.view());
    state.put("limits", Map.of("railway", railway.limits(), "github", github.limits()));
    state.put("faults", faults.rules());
    state.put("journal", journal.last());
    return state;
  }

  private Map<String, Object> environments() {
    Map<String, Object> environments = new LinkedHashMap<>();
    for (var environment : platform.environments()) {
      Map<String, Object> services = new LinkedHashMap<>();
      platform
          .instances(environment)
          .forEach(instance -> services.put(instance.service().name(), service(instance)));
      Map<String, Object> view = new LinkedHashMap<>();
      String project = platform.projectId(environment);
      view.put("id", environment.id());
      view.put("projectId", project);
      view.put("branch", environment.branch());
      view.put("variables", platform.sharedVariables(environment));
      view.put("services", services);
      // Environments are made by name, and two projects may have one of the same.
      boolean taken = environments.containsKey(environment.name());
      environments.put(environment.name() + (taken ? "@" + project : ""), view);
    }
    return environments;
  }

  private Map<String, Object> service(Instance instance) {
    List<Deployment> newestFirst = platform.deployments(instance);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", platform.serviceId(instance));
    view.put("url", instance.url());
    view.put("latest", newestFirst.isEmpty() ? null : newestFirst.get(0));
    view.put("active", platform.active(instance).orElse(null));
    view.put("variables", platform.variables(instance));
    view.put("behaviour", instance.proxy().active().map(App::behaviour).orElse(null));
    return view;
  }

  private static void json(Context ctx, Object answer) throws JsonProcessingException {
    ctx.contentType("application/json").result(JSON.writeValueAsString(answer));
  }
}
