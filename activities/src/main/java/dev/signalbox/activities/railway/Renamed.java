package dev.signalbox.activities.railway;

import dev.signalbox.activities.railway.RailwayEnvironments.Listed;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Environments of ours that somebody has given another name: who renames one has not given it away,
 * and a second one of its pull request must not be made. Their marks are read once, and only of
 * those whose names do not say whose they are.
 */
final class Renamed {
  private final RailwayEnvironments environments;
  private final EnsureOrder order;
  private final List<Listed> all;
  private Map<String, Listed> marks;

  /**
   * @param all as Railway lists them
   */
  Renamed(RailwayEnvironments environments, EnsureOrder order, List<Listed> all) {
    this.environments = environments;
    this.order = order;
    this.all = all;
  }

  /** The one that was made for this order: by its id, else by its mark; empty = not renamed. */
  Optional<Listed> mine() {
    Optional<Listed> known =
        all.stream()
            .filter(one -> one.marked() && one.id().equals(order.environmentId()))
            .filter(one -> one.name().equals(order.name()) || ours(one))
            .findFirst();
    boolean named = all.stream().anyMatch(one -> one.name().equals(order.name()));
    return known.isPresent() || named ? known : Optional.ofNullable(marks().get(order.mark()));
  }

  /** Pull requests of the others. */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    marks()
        .keySet()
        .forEach(mark -> PreviewEnvWorkflow.number(order.project(), mark).ifPresent(numbers::add));
    return numbers;
  }

  private boolean ours(Listed one) {
    return environments
        .mark(order.railwayProject(), one.id())
        .filter(order.mark()::equals)
        .isPresent();
  }

  private Map<String, Listed> marks() {
    if (marks == null) {
      marks = new HashMap<>();
      Pattern rule = rule();
      all.stream()
          .filter(one -> one.marked() && !rule.matcher(one.name()).matches())
          .forEach(
              one ->
                  environments
                      .mark(order.railwayProject(), one.id())
                      .ifPresent(mark -> marks.putIfAbsent(mark, one)));
    }
    return marks;
  }

  /** How they are called as long as nobody renames them. */
  private Pattern rule() {
    int number = PreviewEnvWorkflow.number(order.project(), order.mark()).orElse(0);
    return Pattern.compile(
        Pattern.quote(order.name()).replace(Integer.toString(number), "\\E[0-9]+\\Q"));
  }
}
