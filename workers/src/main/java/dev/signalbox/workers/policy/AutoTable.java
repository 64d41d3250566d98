package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Auto.On;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code auto} of an environment says. */
final class AutoTable {
  private static final Map<String, On> WORDS =
      Map.of("push", On.PUSH, "tag", On.TAG, "label", On.LABEL, "window", On.WINDOW);
  private static final String WINDOWS =
      "{ from = \"Tue 10:00\", to = \"Tue 16:00\", zone = \"Europe/Berlin\" }";

  private AutoTable() {}

  static Auto read(Section section, EnvironmentPolicy policy) {
    Auto auto =
        new Auto(
            section
                .names("on", WORDS::containsKey, "\"push\", \"tag\", \"label\" and \"window\"")
                .stream()
                .map(WORDS::get)
                .toList(),
            section
                .text(
                    "tag",
                    tag -> tag.matches("[A-Za-z0-9*][A-Za-z0-9*._/-]*"),
                    "a pattern of tags, with * for anything but a slash: \"v*\"")
                .orElse(null),
            section
                .text(
                    "label",
                    label -> label.length() <= 50 && !label.matches(".*\\p{Cntrl}.*"),
                    "the name of a label, of 50 letters at most")
                .orElse(null),
            windows(section),
            section.names("paths", ServiceTable::paths, ServiceTable.PATHS),
            section.names(
                "head",
                head -> EnvironmentTable.branchName(head.replace('*', 'x')),
                "patterns of branches, with * for anything but a slash and ** for anything:"
                    + " \"release/*\""));
    section.close(Map.of());
    only(section, auto, "tag", On.TAG);
    only(section, auto, "label", On.LABEL);
    only(section, auto, "window", On.WINDOW);
    only(section, auto, "head", On.PUSH, On.LABEL);
    if (auto.on().contains(On.WINDOW) && !section.has("window")) {
      section.refusedHere(
          "found no `window`, and `on` has \"window\"", "allowed: window = [" + WINDOWS + "]");
    }
    if (!auto.on().isEmpty() && policy.whenBusy() == WhenBusy.REFUSE) {
      section.refusedHere(
          "found it beside when_busy = \"refuse\", by which a push would be lost that comes while"
              + " another promotion runs",
          "allowed: when_busy = \"queue\" or \"supersede\"");
    }
    return auto;
  }

  /** What has no effect is a mistake: somebody counts on it. */
  private static void only(Section section, Auto auto, String key, On... causes) {
    List<On> needed = List.of(causes);
    if (section.has(key) && needed.stream().noneMatch(auto.on()::contains)) {
      section.add(
          key,
          "nothing here asks for it",
          "add "
              + String.join(
                  " or ", needed.stream().map(cause -> "\"" + cause.word() + "\"").toList())
              + " to `on`, or take it out");
    }
  }

  private static List<Window> windows(Section section) {
    return section.entries(
        "window",
        WINDOWS,
        (text, refuse) -> {
          refuse.run();
          return Optional.empty();
        },
        AutoTable::window);
  }

  private static Optional<Window> window(Section table) {
    boolean whole = table.has("from") && table.has("to") && table.has("zone");
    Window window =
        new Window(
            table.required("from", any -> true, "\"Tue 10:00\" or \"2026-12-24T10:00\""),
            table.required("to", any -> true, "\"Tue 16:00\" or \"2026-12-24T16:00\""),
            table.required("zone", any -> true, "the name of a time zone: \"Europe/Berlin\""));
    table.close(Map.of());
    return whole && !table.refused(window.mistake()) ? Optional.of(window) : Optional.empty();
  }
}
