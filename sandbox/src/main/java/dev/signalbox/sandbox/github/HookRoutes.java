package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Webhooks of the repository: made, changed, pinged; their deliveries read and repeated. */
final class HookRoutes {

  private static final String ONE = "/hooks/{id}";

  private final Hub hub;
  private final Hooks hooks;
  private final Shapes shapes;

  HookRoutes(Hub hub, Hooks hooks, Shapes shapes) {
    this.hub = hub;
    this.hooks = hooks;
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    table.inRepository("GET", "/hooks", this::list);
    table.inRepository("POST", "/hooks", this::create);
    table.inRepository("GET", ONE, request -> Reply.ok(shape(request, find(request))));
    table.inRepository("PATCH", ONE, this::update);
    table.inRepository("DELETE", ONE, this::delete);
    table.inRepository("GET", ONE + "/config", request -> Reply.ok(config(find(request))));
    table.inRepository("POST", ONE + "/pings", this::ping);
    table.inRepository("POST", ONE + "/tests", this::test);
    table.inRepository("GET", ONE + "/deliveries", this::deliveries);
    table.inRepository("GET", ONE + "/deliveries/{delivery}", this::delivery);
    table.inRepository("POST", ONE + "/deliveries/{delivery}/attempts", this::redeliver);
  }

  private Reply list(Request request) {
    return Pages.array(request, hooks.all(), hook -> shape(request, hook));
  }

  private Reply create(Request request) {
    JsonNode config = request.body().path("config");
    String url = config.path("url").asText();
    if (!url.matches("https?://.+")) {
      throw Refusal.custom("Hook", "url is missing a scheme");
    }
    if (hooks.all().stream().anyMatch(hook -> hook.url().equals(url))) {
      throw Refusal.custom("Hook", "Hook already exists on this repository");
    }
    List<String> events = request.texts("events");
    Hook hook =
        hooks.add(
            url,
            !config.path("content_type").asText("form").equals("json"),
            config.path("secret").asText(null),
            events.isEmpty() ? List.of("push") : events,
            request.flag("active", true));
    request.about(null, hook.id());
    if (hook.active()) {
      hooks.ping(hook, shape(request, hook));
    }
    return Reply.done(201, shape(request, hook));
  }

  private Hook find(Request request) {
    request.about(null, request.path("id"));
    return hooks.find(request.number("id")).orElseThrow(Refusal::notFound);
  }

  private Reply update(Request request) {
    Hook before = find(request);
    JsonNode config = request.body().path("config");
    Hook after =
        new Hook(
            before.id(),
            config.path("url").asText(before.url()),
            config.has("content_type")
                ? !config.get("content_type").asText().equals("json")
                : before.form(),
            // A config that is sent without its secret takes the secret away, as at GitHub.
            config.isObject() ? config.path("secret").asText(null) : before.secret(),
            events(request, before),
            request.flag("active", before.active()),
            before.createdAt(),
            hub.now());
    hooks.replace(after);
    return Reply.done(200, shape(request, after));
  }

  private static List<String> events(Request request, Hook before) {
    List<String> set = request.body().has("events") ? request.texts("events") : before.events();
    return Stream.concat(set.stream(), request.texts("add_events").stream())
        .filter(event -> !request.texts("remove_events").contains(event))
        .distinct()
        .toList();
  }

  private Reply delete(Request request) {
    hooks.remove(find(request).id());
    return Reply.done(204, null);
  }

  private Reply ping(Request request) {
    Hook hook = find(request);
    hooks.ping(hook, shape(request, hook));
    return Reply.done(204, null);
  }

  /** Sends the newest push once more, where the hook hears pushes. */
  private Reply test(Request request) {
    Hook hook = find(request);
    if (hook.hears("push")) {
      hooks.deliveries(hook.id()).stream()
          .filter(delivery -> delivery.event().equals("push"))
          .findFirst()
          .ifPresent(delivery -> hooks.redeliver(hook, delivery));
    }
    return Reply.done(204, null);
  }

  /** Paged by a cursor: the id to go on from. */
  private Reply deliveries(Request request) {
    Hook hook = find(request);
    List<Delivery> all =
        hooks.deliveries(hook.id()).stream()
            .filter(one -> request.query("status").map(word -> is(one, word)).orElse(true))
            .toList();
    int from = request.query("cursor").map(cursor -> position(all, cursor)).orElse(0);
    int to = Math.min(all.size(), from + Pages.size(request));
    Reply reply = Reply.ok(all.subList(from, to).stream().map(this::brief).toList());
    return to == all.size()
        ? reply
        : reply.with(
            "Link", Pages.link(request, "cursor", Long.toString(all.get(to).id()), "next"));
  }

  private static boolean is(Delivery delivery, String word) {
    return word.equals("success") == delivery.status().equals("OK");
  }

  private static int position(List<Delivery> all, String cursor) {
    return IntStream.range(0, all.size())
        .filter(i -> Long.toString(all.get(i).id()).equals(cursor))
        .findFirst()
        .orElse(all.size());
  }

  private Delivery findDelivery(Request request) {
    long id = request.number("delivery");
    return hooks.deliveries(find(request).id()).stream()
        .filter(delivery -> delivery.id() == id)
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private Reply delivery(Request request) {
    Delivery delivery = findDelivery(request);
    Map<String, Object> shape = brief(delivery);
    shape.put("url", delivery.url());
    shape.put(
        "request",
        Json.object(
            "headers",
            delivery.sent(),
            "payload",
            Json.read(delivery.payload().getBytes(StandardCharsets.UTF_8))));
    shape.put(
        "response", Json.object("headers", delivery.received(), "payload", delivery.answer()));
    return Reply.ok(shape);
  }

  private Reply redeliver(Request request) {
    Delivery delivery = findDelivery(request);
    hooks.redeliver(find(request), delivery);
    return Reply.done(202, Map.of());
  }

  private Map<String, Object> brief(Delivery delivery) {
    return Json.object(
        "id",
        delivery.id(),
        "guid",
        delivery.guid(),
        "delivered_at",
        Json.time(delivery.at()),
        "redelivery",
        delivery.redelivery(),
        "duration",
        delivery.took().toMillis() / 1000.0,
        "status",
        delivery.status(),
        "status_code",
        delivery.statusCode(),
        "event",
        delivery.event(),
        "action",
        delivery.action(),
        "installation_id",
        null,
        "repository_id",
        shapes.repositoryId(),
        "throttled_at",
        null);
  }

  private Map<String, Object> shape(Request request, Hook hook) {
    String url = shapes.url(request, "/hooks/" + hook.id());
    Optional<Delivery> last = hooks.deliveries(hook.id()).stream().findFirst();
    return Json.object(
        "type",
        "Repository",
        "id",
        hook.id(),
        "name",
        "web",
        "active",
        hook.active(),
        "events",
        hook.events(),
        "config",
        config(hook),
        "updated_at",
        Json.time(hook.updatedAt()),
        "created_at",
        Json.time(hook.createdAt()),
        "url",
        url,
        "test_url",
        url + "/test",
        "ping_url",
        url + "/pings",
        "deliveries_url",
        url + "/deliveries",
        "last_response",
        Json.object(
            "code",
            last.map(Delivery::statusCode).orElse(null),
            "status",
            last.map(delivery -> delivery.status().equals("OK") ? "active" : "failed")
                .orElse("unused"),
            "message",
            last.map(Delivery::status).orElse(null)));
  }

  /** The secret itself is never shown again. */
  private static Map<String, Object> config(Hook hook) {
    Map<String, Object> config =
        Json.object(
            "content_type", hook.form() ? "form" : "json", "insecure_ssl", "0", "url", hook.url());
    if (hook.secret() != null) {
      config.put("secret", "********");
    }
    return config;
  }
}
