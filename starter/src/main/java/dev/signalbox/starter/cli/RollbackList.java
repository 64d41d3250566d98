package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sets that one may go back to, each with what Railway has of it. */
final class RollbackList {
  private final List<LiveSet> sets;
  private final Map<String, Boolean> kept;

  /**
   * @param kept by deployment: whether its image is there; absent = not known
   */
  RollbackList(List<LiveSet> sets, Map<String, Boolean> kept) {
    this.sets = sets;
    this.kept = kept;
  }

  /**
   * @param live what runs; null = not known
   */
  List<String> lines(LiveSet live) {
    List<String> lines = new ArrayList<>();
    lines.add(live == null ? "What runs is on no record." : "   live  " + described(live));
    for (int at = 0; at < sets.size(); at++) {
      LiveSet set = sets.get(at);
      lines.add("   " + (at + 1) + "     " + described(set) + "  " + images(set));
    }
    return lines;
  }

  private static String described(LiveSet set) {
    return shortened(set.revision())
        + "  since "
        + (set.since() == null ? "?" : Moments.text(set.since()));
  }

  private String images(LiveSet set) {
    List<String> gone = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (ServiceDeployment deployment : set.deployments()) {
      Boolean there = kept.get(deployment.id());
      if (there == null) {
        unknown.add(deployment.service());
      } else if (!there) {
        gone.add(deployment.service());
      }
    }
    if (!gone.isEmpty()) {
      return "image gone: " + String.join(", ", gone);
    }
    return unknown.isEmpty()
        ? "images kept"
        : "not known whether Railway keeps the image: " + String.join(", ", unknown);
  }

  static String shortened(String revision) {
    return ShortCommit.of(revision, "?");
  }
}
