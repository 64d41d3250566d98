package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.release.ReleaseSet;
import io.temporal.workflow.Workflow;
import java.util.Map;
import java.util.Set;

/**
 * Which part of the journey a promotion is in. Noted where the engine alone can tell it, with no
 * worker: who approves then learns the digest from there.
 */
final class Stage {
  private static final Set<String> WAITING = Set.of("gates", "approval", "opening");

  private final Preflight preflight;
  private String name = "resolving";

  Stage(Preflight preflight) {
    this.preflight = preflight;
  }

  void enter(String next) {
    ReleaseSet release = preflight.release();
    enter(next, release == null ? null : release.digest());
  }

  /**
   * @param digest of what people are asked about; null = of nothing yet
   */
  void enter(String next, String digest) {
    name = next;
    Workflow.upsertMemo(
        digest == null ? Map.of("stage", next) : Map.of("stage", next, "digest", digest));
  }

  /** Waits for people's answer to this: who answers by proof must name it. */
  void asks(Ask ask) {
    name = "approval";
    Workflow.upsertMemo(Map.of("stage", name, "digest", ask.digest(), "ask", ask.id()));
  }

  /** Whether it waits, for the world or for people, by what it read when that began. */
  boolean waits() {
    return WAITING.contains(name);
  }

  String name() {
    return name;
  }

  /** What it does in this part, as people say it after "while". */
  String deed() {
    return deed(name);
  }

  static String deed(String stage) {
    return switch (stage) {
      case "resolving" -> "it looked up what to release";
      case "gates" -> "its gates were checked";
      case "approval" -> "it waited for approval";
      case "opening" -> "it waited for the environment to open";
      case "lease" -> "it queued for the environment";
      case "rereading" -> "its gates were checked again";
      case "merging" -> "it merged";
      case "deploying" -> "it deployed";
      default -> "it was " + stage;
    };
  }
}
