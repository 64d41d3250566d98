package dev.signalbox.workflows.effect;

import java.util.Map;

/** The systems that activities speak to, as people call them. Pure. */
public final class Systems {
  /** Asked once all others have said what runs. */
  public static final String SERVICES = "the services";

  /** No type starts with two of these. */
  private static final Map<String, String> BY_START_OF_TYPE =
      Map.of(
          "GitHub", "GitHub",
          "Railway", "Railway",
          "Logs", "Railway",
          "Notify", "GitHub",
          "ReadFacts", "GitHub or Railway",
          "Health", SERVICES,
          "Smoke", "the smoke command",
          "Ledger", "the ledger");

  private Systems() {}

  /** Who is asked by an activity of this type; what only we do is the worker's affair. */
  public static String of(String activityType) {
    return BY_START_OF_TYPE.entrySet().stream()
        .filter(known -> activityType.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("the worker");
  }
}
