package dev.signalbox.activities.railway;

import java.time.Duration;

/**
 * How long Railway keeps the image of a deployment that was replaced, by its owner's plan.
 *
 * @see <a href="https://docs.railway.com/pricing/plans">Plans: image retention</a>
 */
final class ImageRetention {
  private ImageRetention() {}

  /** Null for a plan that came later. */
  static Duration of(String plan) {
    return plan == null
        ? null
        : switch (plan) {
          case "free", "trial" -> Duration.ofDays(1);
          case "hobby" -> Duration.ofDays(3);
          case "pro" -> Duration.ofDays(5);
          case "enterprise" -> Duration.ofDays(15);
          default -> null;
        };
  }
}
