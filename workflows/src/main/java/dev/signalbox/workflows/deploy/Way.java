package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.railway.ChangedVariables;
import dev.signalbox.workflows.railway.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a service comes back to an earlier deployment; each is a step that nothing protects. */
public enum Way {
  /** Railway's own rollback: image, settings and variables of then. */
  ROLLBACK("rollback"),
  /** The image once more, with the variables of today. */
  IMAGE("redeploy"),
  /** The commit built again, with the variables of today. */
  REBUILD("rebuild");

  private final String word;

  Way(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /**
   * What people have to know of it; null = nothing.
   *
   * @param changed variables that had other values then; empty = not known
   */
  public String remark(Optional<ChangedVariables> changed) {
    String remark = remark();
    if (changed.isEmpty()) {
      return this == ROLLBACK ? "which variables changed back could not be read" : remark;
    }
    if (changed.get().names().isEmpty()) {
      return remark;
    }
    return this == ROLLBACK
        ? "variables that changed back: " + changed.get().words()
        : remark + ", which differ from those of then in " + changed.get().words();
  }

  private String remark() {
    return switch (this) {
      case ROLLBACK -> null;
      case IMAGE -> "from its image, with today's variables";
      case REBUILD -> "built again, with today's variables";
    };
  }

  /**
   * The ways that there are, best first.
   *
   * @param target as Railway lists it; null = it does not
   * @param revision the commit that it was built from; null = none is known
   * @param mayRebuild whether the policy lets it be built again
   */
  public static List<Way> to(Deployment target, String revision, boolean mayRebuild) {
    List<Way> ways = new ArrayList<>();
    if (target != null && target.canRollback()) {
      ways.add(ROLLBACK);
    }
    if (target != null && target.hasImage()) {
      ways.add(IMAGE);
    }
    if (mayRebuild && revision != null) {
      ways.add(REBUILD);
    }
    return ways;
  }
}
