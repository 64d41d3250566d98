package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.github.ChecksReport.Check;
import dev.signalbox.workflows.policy.RequiredCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Every named check is green on exactly the promoted commit, and of a pattern as many as there must
 * be. Nothing reported is not green; of one name that is reported as check run and as commit status
 * both must be.
 *
 * @param accept conclusions beside success that count
 */
record RequiredChecks(List<RequiredCheck> required, List<String> accept) implements Gate {
  private static final String NAME = "checks";

  @Override
  public GateResult judge(Facts facts) {
    if (required.isEmpty()) {
      return GateResult.met(NAME, "no checks are required");
    }
    if (facts.checks() == null) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    List<String> notAChecks = notAChecks(facts);
    if (!notAChecks.isEmpty()) {
      return GateResult.failed(NAME, String.join(", ", notAChecks), "operators");
    }
    List<String> red = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (RequiredCheck check : required) {
      List<Check> reported =
          facts.checks().checks().stream().filter(one -> check.matches(one.name())).toList();
      List<String> names = reported.stream().map(Check::name).distinct().toList();
      for (String name : names) {
        judge(reported.stream().filter(one -> one.name().equals(name)).toList(), red, open);
      }
      if (names.size() < check.count()) {
        open.add(missing(check, names));
      }
    }
    if (!red.isEmpty()) {
      return GateResult.failed(NAME, String.join(", ", red), "authors");
    }
    if (!open.isEmpty()) {
      return GateResult.waiting(NAME, String.join(", ", open), null, "CI");
    }
    return GateResult.met(NAME, green(facts) + " green on exactly this commit");
  }

  /** Railway's own statuses by which somebody wants to be protected. */
  private List<String> notAChecks(Facts facts) {
    return facts.checks().hints().stream()
        .filter(hint -> required.stream().anyMatch(check -> check.name().equals(hint.name())))
        .map(
            hint ->
                hint.name()
                    + " is Railway's own word ("
                    + hint.url()
                    + "), which is success even where nothing was deployed: require a check of"
                    + " your CI in its place")
        .toList();
  }

  /**
   * @param ofOneName what was reported under it: one, or a check run and a commit status
   */
  private void judge(List<Check> ofOneName, List<String> red, List<String> open) {
    List<Check> bad =
        ofOneName.stream().filter(check -> check.completed() && !green(check)).toList();
    List<Check> running = ofOneName.stream().filter(check -> !check.completed()).toList();
    if (!bad.isEmpty()) {
      red.add(told(ofOneName) + link(bad.get(0)) + hint(bad.get(0)));
    } else if (!running.isEmpty()) {
      open.add(told(ofOneName));
    }
  }

  private static String told(List<Check> ofOneName) {
    String name = ofOneName.get(0).name();
    return ofOneName.size() == 1
        ? name + " " + state(ofOneName.get(0))
        : name
            + " is reported twice, and they disagree: "
            + ofOneName.stream()
                .map(check -> "as " + check.source().words() + " it " + state(check))
                .collect(Collectors.joining(", "));
  }

  private static String state(Check check) {
    return check.completed() ? "ended " + check.conclusion() : "is running";
  }

  private static String link(Check check) {
    return check.url() == null ? "" : " (" + check.url() + ")";
  }

  private static String hint(Check check) {
    String conclusion = conclusion(check);
    return conclusion.equals("skipped") || conclusion.equals("neutral")
        ? ", which is green only with accept = [\"" + conclusion + "\"]"
        : "";
  }

  private static String missing(RequiredCheck check, List<String> names) {
    if (!check.pattern()) {
      return check.name() + " has not reported";
    }
    return names.size()
        + " of "
        + check.count()
        + " of "
        + check.name()
        + " have reported"
        + (names.isEmpty() ? "" : ": " + String.join("; ", names));
  }

  private String green(Facts facts) {
    return required.stream()
        .map(
            check -> check.pattern() ? counted(check, facts) + " of " + check.name() : check.name())
        .collect(Collectors.joining(", "));
  }

  private static long counted(RequiredCheck check, Facts facts) {
    return facts.checks().checks().stream()
        .map(Check::name)
        .filter(check::matches)
        .distinct()
        .count();
  }

  private boolean green(Check check) {
    String conclusion = conclusion(check);
    return conclusion.equals("success") || accept.contains(conclusion);
  }

  private static String conclusion(Check check) {
    return String.valueOf(check.conclusion()).toLowerCase(Locale.ROOT);
  }
}
