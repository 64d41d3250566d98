package dev.signalbox.sandbox.railway;

import java.util.List;
import java.util.Map;

/** Rules that say whom Railway tells of what: here by webhook only. */
final class NotificationOperations {
  private final World world;
  private final Webhooks webhooks;

  private NotificationOperations(Project project) {
    this.world = project.world();
    this.webhooks = project.webhooks();
  }

  static void addTo(RootFields fields, Project project) {
    NotificationOperations operations = new NotificationOperations(project);
    fields.query("notificationRules", operations::list);
    fields.mutation("notificationRuleCreate", operations::create);
    fields.mutation("notificationRuleDelete", operations::delete);
    fields.query("webhookTest", operations::test);
  }

  private Object list(Asked asked) {
    asked.mustBeAccount();
    String project = asked.text("projectId");
    return webhooks.rules().stream()
        .filter(rule -> project == null || rule.isOf(project))
        .map(NotificationOperations::view)
        .toList();
  }

  private Object create(Asked asked) {
    asked.mustBeAccount();
    Map<String, Object> input = asked.input();
    List<Map<String, Object>> channels =
        ((List<?>) input.get("channelConfigs")).stream().map(ConfigPatch::asObject).toList();
    if (channels.stream().anyMatch(channel -> !(channel.get("url") instanceof String))) {
      throw new RailwayError("Problem processing request", "BAD_USER_INPUT");
    }
    Object project = input.get("projectId");
    if (project != null) {
      asked.mustBeOurProject(project);
    }
    List<String> events =
        ((List<?>) input.get("eventTypes")).stream().map(String::valueOf).toList();
    NotificationRule rule =
        new NotificationRule(
            World.newId(),
            (String) project,
            events,
            Boolean.TRUE.equals(input.get("ephemeralEnvironments")),
            channels,
            world.now());
    webhooks.rules().add(rule);
    asked.changed(rule.id());
    return view(rule);
  }

  private Object delete(Asked asked) {
    asked.mustBeAccount();
    if (!webhooks.rules().removeIf(rule -> rule.id().equals(asked.text("id")))) {
      throw RailwayError.notFound("NotificationRule");
    }
    asked.changed(asked.text("id"));
    return true;
  }

  /** Outside the platform's order: it waits for somebody else's answer. */
  private Object test(Asked asked) {
    asked.mustBeAccount();
    return webhooks.post(asked.text("url"), asked.text("payload"));
  }

  private static Map<String, Object> view(NotificationRule rule) {
    Map<String, Object> view = Views.node(rule.id(), null, rule.createdAt());
    view.put("workspaceId", Account.WORKSPACE_ID);
    view.put("projectId", rule.projectId());
    view.put("eventTypes", rule.events());
    view.put("severities", List.of());
    view.put("ephemeralEnvironments", rule.ephemeral());
    view.put(
        "channels",
        rule.channels().stream()
            .map(
                channel -> {
                  Map<String, Object> shown =
                      Views.node(rule.id() + channel.get("url"), null, rule.createdAt());
                  shown.put("workspaceId", Account.WORKSPACE_ID);
                  shown.put("config", channel);
                  return shown;
                })
            .toList());
    return view;
  }
}
