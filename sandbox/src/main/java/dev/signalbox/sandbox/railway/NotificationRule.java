package dev.signalbox.sandbox.railway;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Who is told of what by webhook.
 *
 * @param events such as {@code Deployment.failed}; empty means all
 * @param projectId null for every project of the workspace
 * @param ephemeral also of ephemeral environments
 * @param channels as they were given; each has a {@code url}
 */
record NotificationRule(
    String id,
    String projectId,
    List<String> events,
    boolean ephemeral,
    List<Map<String, Object>> channels,
    Instant createdAt) {

  boolean isOf(String project) {
    return projectId == null || projectId.equals(project);
  }

  boolean wants(String event, Environment environment) {
    return (events.isEmpty() || events.contains(event)) && (ephemeral || !environment.ephemeral());
  }

  List<String> urls() {
    return channels.stream().map(channel -> String.valueOf(channel.get("url"))).toList();
  }
}
