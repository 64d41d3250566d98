package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rulesets, and the rules that hold for one branch. */
final class RulesetRoutes {

  private final Hub hub;
  private final Shapes shapes;
  private final Protection protection;

  RulesetRoutes(Hub hub, Shapes shapes, Protection protection) {
    this.hub = hub;
    this.shapes = shapes;
    this.protection = protection;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/rulesets", this::list);
    table.inRepository("POST", "/rulesets", this::create);
    table.inRepository("GET", "/rulesets/{id}", this::get);
    table.inRepository("PUT", "/rulesets/{id}", this::update);
    table.inRepository("DELETE", "/rulesets/{id}", this::delete);
    table.inRepository("GET", "/rules/branches/{branch*}", this::rules);
  }

  private Reply list(Request request) {
    return Pages.array(
        request,
        protection.rulesets(),
        ruleset -> {
          Map<String, Object> brief = shape(request, ruleset);
          brief.keySet().removeAll(List.of("conditions", "rules", "bypass_actors"));
          return brief;
        });
  }

  private Reply create(Request request) {
    return stored(request, 201, hub.nextId());
  }

  private Reply update(Request request) {
    return stored(request, 200, find(request).id());
  }

  private Reply stored(Request request, int status, long id) {
    JsonNode names = request.body().at("/conditions/ref_name");
    List<JsonNode> rules = new ArrayList<>();
    request.body().path("rules").forEach(rules::add);
    Ruleset ruleset =
        new Ruleset(
            id,
            request.required("Ruleset", "name"),
            request.text("target").orElse("branch"),
            request.required("Ruleset", "enforcement"),
            texts(names.path("include")),
            texts(names.path("exclude")),
            rules,
            hub.now());
    protection.put(ruleset);
    request.about(null, id);
    return Reply.done(status, shape(request, ruleset));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private Ruleset find(Request request) {
    request.about(null, request.path("id"));
    return protection.ruleset(request.number("id")).orElseThrow(Refusal::notFound);
  }

  private Reply get(Request request) {
    return Reply.ok(shape(request, find(request)));
  }

  private Reply delete(Request request) {
    protection.removeRuleset(find(request).id());
    return Reply.done(204, null);
  }

  private Reply rules(Request request) {
    String branch = request.path("branch");
    request.about(branch, null);
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Ruleset ruleset : protection.rulesets(branch)) {
      for (JsonNode rule : ruleset.rules()) {
        rules.add(rule(ruleset, rule));
      }
    }
    return Pages.array(request, rules, rule -> rule);
  }

  private Map<String, Object> rule(Ruleset ruleset, JsonNode rule) {
    Map<String, Object> shape =
        Json.object(
            "type",
            rule.path("type"),
            "ruleset_source_type",
            "Repository",
            "ruleset_source",
            hub.repository().name(),
            "ruleset_id",
            ruleset.id());
    if (rule.has("parameters")) {
      shape.put("parameters", rule.get("parameters"));
    }
    return shape;
  }

  private Map<String, Object> shape(Request request, Ruleset ruleset) {
    return Json.object(
        "id",
        ruleset.id(),
        "name",
        ruleset.name(),
        "target",
        ruleset.target(),
        "source_type",
        "Repository",
        "source",
        hub.repository().name(),
        "enforcement",
        ruleset.enforcement(),
        "bypass_actors",
        List.of(),
        "conditions",
        Json.object(
            "ref_name", Json.object("include", ruleset.include(), "exclude", ruleset.exclude())),
        "rules",
        ruleset.rules(),
        "node_id",
        "RRS_" + ruleset.id(),
        "created_at",
        Json.time(ruleset.at()),
        "updated_at",
        Json.time(ruleset.at()),
        "_links",
        Json.object("self", Map.of("href", shapes.url(request, "/rulesets/" + ruleset.id()))));
  }
}
