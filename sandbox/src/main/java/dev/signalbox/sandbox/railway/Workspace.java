package dev.signalbox.sandbox.railway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What all projects of the account share: its hidden limits, who is told, the platform's word. */
final class Workspace {
  private final PlatformWord platform = new PlatformWord();
  private final CreationLimit environments = new CreationLimit("environment");
  private final CreationLimit volumes = new CreationLimit("volume");
  private final List<NotificationRule> notificationRules = new CopyOnWriteArrayList<>();

  /** What Railway says of itself. */
  PlatformWord platform() {
    return platform;
  }

  CreationLimit environments() {
    return environments;
  }

  CreationLimit volumes() {
    return volumes;
  }

  /** The list itself: rules are added and removed in it. */
  List<NotificationRule> notificationRules() {
    return notificationRules;
  }
}
