package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.github.GitHubActivities.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every named check is green on exactly the promoted commit. Nothing reported is not green.
 *
 * @param accept conclusions beside success that count
 */
record RequiredChecks(List<String> names, List<String> accept) implements Gate {
  private static final String NAME = "checks";

  @Override
  public GateResult judge(Facts facts) {
    if (names.isEmpty()) {
      return GateResult.met(NAME, "no checks are required");
    }
    if (facts.checks() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    Map<String, Check> reported =
        facts.checks().checks().stream()
            .collect(Collectors.toMap(Check::name, Function.identity(), (first, second) -> first));
    List<String> red = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (String name : names) {
      Check check = reported.get(name);
      if (check == null) {
        open.add(name + " has not reported");
      } else if (!check.completed()) {
        open.add(name + " is running");
      } else if (!green(check)) {
        red.add(name + " ended " + check.conclusion());
      }
    }
    if (!red.isEmpty()) {
      return GateResult.failed(NAME, String.join(", ", red), "authors");
    }
    if (!open.isEmpty()) {
      return GateResult.waiting(NAME, String.join(", ", open), null, "CI");
    }
    return GateResult.met(NAME, String.join(", ", names) + " green on exactly this commit");
  }

  private boolean green(Check check) {
    String conclusion = String.valueOf(check.conclusion()).toLowerCase(Locale.ROOT);
    return conclusion.equals("success") || accept.contains(conclusion);
  }
}
