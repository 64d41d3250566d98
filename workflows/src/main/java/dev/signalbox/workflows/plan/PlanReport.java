package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a promotion would do.
 *
 * @param base the live revision; absent = first release
 * @param steps in order, in words
 * @param card what the approval card would say beside gates and rollback; empty = GitHub was not
 *     read
 * @param kept by deployment: whether Railway has its image; for the outlook alone
 * @param foreign what somebody else deployed in the place of what is on record; for the outlook
 *     alone; null = Railway was not read
 */
public record PlanReport(
    String environment,
    String revision,
    String base,
    String digest,
    String alias,
    boolean mayMove,
    List<GateResult> gates,
    List<String> steps,
    RollbackOutlook rollback,
    List<Part> card,
    Map<String, Boolean> kept,
    ForeignDeployments foreign) {
  public PlanReport {
    gates = gates == null ? List.of() : List.copyOf(gates);
    steps = steps == null ? List.of() : List.copyOf(steps);
    card = card == null ? List.of() : List.copyOf(card);
    kept = kept == null ? Map.of() : Map.copyOf(kept);
  }

  /** What somebody else deployed; empty = nobody did. */
  public record ForeignDeployments(List<ServiceDeployment> all) {
    public ForeignDeployments {
      all = all == null ? List.of() : List.copyOf(all);
    }
  }

  /** The answer to who asked for the rollback's outlook only. */
  public static PlanReport wayBack(
      String environment,
      RollbackOutlook outlook,
      Map<String, Boolean> kept,
      ForeignDeployments foreign) {
    return new PlanReport(
        environment,
        null,
        null,
        null,
        null,
        false,
        List.of(),
        List.of(),
        outlook,
        List.of(),
        kept,
        foreign);
  }

  /**
   * @param verdict instant, rebuildOnly, forwardOnly or unknown
   * @param detail why
   * @param until when Railway drops the first of the images; null = not known, or not gone by time
   * @param variables names of variables that would change back, each as {@code service: NAME};
   *     empty = none, or not known, which {@code detail} then says
   */
  public record RollbackOutlook(
      String verdict, String detail, Instant until, List<String> variables) {
    public RollbackOutlook {
      variables = variables == null ? List.of() : List.copyOf(variables);
    }

    RollbackOutlook(String verdict, String detail, Instant until) {
      this(verdict, detail, until, List.of());
    }

    /**
     * @param names null = they could not be read
     */
    RollbackOutlook withVariables(List<String> names) {
      return names == null
          ? new RollbackOutlook(
              verdict, detail + "; which variables change back could not be read", until)
          : new RollbackOutlook(verdict, detail, until, names);
    }

    /**
     * Nothing is promised where that is not known which could forbid it.
     *
     * @param unread empty = all is known
     */
    RollbackOutlook unless(Optional<String> unread) {
      return unread
          .map(
              gap ->
                  RollbackOutlook.of(
                      "unknown", gap + "; by the images alone: " + verdict + ", " + detail))
          .orElse(this);
    }

    public static RollbackOutlook of(String verdict, String detail) {
      return new RollbackOutlook(verdict, detail, null);
    }
  }
}
