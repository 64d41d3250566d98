package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.EnvironmentPolicy.VerifyPolicy;
import dev.signalbox.workflows.policy.PageCheck;
import dev.signalbox.workflows.policy.SmokeTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code [environments.<name>.verify]} says. */
final class VerifyTable {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final String PAGE = "tables such as { path = \"/login\", contains = \"Sign in\" }";
  private static final String PLACEHOLDERS =
      "a text; of placeholders {url}, {url.<service>}, {revision} and {environment}";
  private static final Set<String> NAMES = Set.of("url", "revision", "environment");

  private VerifyTable() {}

  static VerifyPolicy read(Section section) {
    VerifyPolicy otherwise = VerifyPolicy.DEFAULTS;
    VerifyPolicy verify =
        new VerifyPolicy(
            section.number("successes", 1).orElse(otherwise.successes()),
            section.duration("every", SHORTEST).orElse(otherwise.every()),
            section.duration("timeout", SHORTEST).orElse(otherwise.timeout()),
            section.number("fail", 0).orElse(otherwise.fail()),
            section.number("error", 0).orElse(otherwise.error()),
            section.number("inconclusive", 0).orElse(otherwise.inconclusive()),
            pages(section),
            smoke(section));
    section.close(Map.of());
    return verify;
  }

  static List<PageCheck> pages(Section section) {
    return section.entries(
        "pages",
        PAGE,
        (text, refuse) -> {
          refuse.run();
          return Optional.empty();
        },
        VerifyTable::page);
  }

  private static Optional<PageCheck> page(Section table) {
    PageCheck page =
        new PageCheck(
            table.text("service").orElse(null),
            table.required("path", ServiceTable::path, "a path from the root, such as \"/login\""),
            table.number("status", 200, 599).orElse(200),
            table.text("contains").orElse(null),
            table.yesOrNo("assets").orElse(false));
    table.close(Map.of());
    if (page.assets() && page.status() >= 300 && page.status() < 400) {
      table.refused("assets", "assets of a redirect", "assets of a page");
    }
    return Optional.of(page);
  }

  private static SmokeTest smoke(Section section) {
    List<String> command = section.texts("smoke", VerifyTable::fillable, PLACEHOLDERS);
    Duration timeout = section.duration("smoke_timeout", Duration.ofSeconds(1)).orElse(null);
    if (timeout != null && !section.has("smoke")) {
      section.refused("smoke_timeout", "a time-out of nothing", "\"smoke\" beside it");
    }
    if (section.has("smoke") && command.isEmpty()) {
      section.refused("smoke", "no command", "a program and its arguments");
    }
    return command.isEmpty() ? null : new SmokeTest(command, timeout);
  }

  private static boolean fillable(String argument) {
    return SmokeTest.PLACEHOLDER
        .matcher(argument)
        .results()
        .map(found -> found.group(1))
        .allMatch(name -> NAMES.contains(name) || name.startsWith("url."));
  }
}
