package dev.signalbox.workers.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects mistakes, so that one start names them all. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    found.add(problem);
  }

  public void addAll(Collection<Problem> problems) {
    found.addAll(problems);
  }

  public boolean none() {
    return found.isEmpty();
  }

  /** In the order of the lines; what has no line comes first. */
  public List<Problem> list() {
    return found.stream().sorted(Problem.BY_LINE).toList();
  }

  /**
   * @throws ConfigurationException naming all of them, when there are any
   */
  public void throwIfAny() {
    if (!none()) {
      throw new ConfigurationException(list());
    }
  }
}
