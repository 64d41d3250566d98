package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Addresses;
import dev.signalbox.workflows.policy.Condition;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.policy.ServicePolicy.Kind;
import dev.signalbox.workflows.policy.ServicePolicy.Sampling;
import dev.signalbox.workflows.policy.VersionFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code [services.<name>]} says, before an environment's overrides.
 *
 * @param section where it was read, for mistakes that show only later
 */
record ServiceTable(ServicePolicy policy, Section section) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Map<String, Kind> KINDS = Map.of("web", Kind.WEB, "job", Kind.JOB);
  private static final int MOST_RETRIES = 10;

  static final String PATHS = "paths in the repository with *, ** and ?, such as \"backend/**\"";

  static ServiceTable read(String name, Section section) {
    ServicePolicy policy =
        new ServicePolicy(
            name,
            section.text("railway").orElse(name),
            health(section),
            section
                .text("version", ConditionTable::pointer, "a JSON pointer such as \"/version\"")
                .orElse(null),
            url(section),
            section.texts("after", service -> !service.isBlank(), "names of services"),
            ConditionTable.read(section, "expect"),
            section.duration("timeout", SHORTEST).orElse(null),
            sampling(section),
            section.table("version_from").map(ServiceTable::versionFile).orElse(null),
            section.texts("paths", ServiceTable::paths, PATHS),
            kind(section));
    section.close(Map.of());
    if (policy.job() && policy.health() != null) {
      refuseHealthOfJob(section);
    }
    if (policy.version() != null && policy.health() == null) {
      section.refused(
          "version", "a version without a health path", "\"health\" beside \"version\"");
    }
    if (policy.versionFrom() != null && policy.version() == null) {
      section.refused(
          "version_from", "a version that nobody is asked for", "\"version\" beside it");
    }
    if (!policy.expect().isEmpty() && policy.health() == null) {
      section.refused(
          "expect",
          "conditions on an answer without a health path",
          "\"health\" beside \"expect\"");
    }
    return new ServiceTable(policy, section);
  }

  static void refuseHealthOfJob(Section section) {
    section.refused(
        "health",
        "a health path of a job, which ends and answers nothing",
        "kind = \"web\", or no \"health\"");
  }

  boolean job() {
    return policy.job();
  }

  /** What {@code [environments.<environment>.services.<name>]} changes. */
  record Deviation(
      String health, String url, Map<String, List<Condition>> expect, Section section) {

    static Deviation read(Section section) {
      Deviation deviation =
          new Deviation(
              ServiceTable.health(section),
              ServiceTable.url(section),
              ConditionTable.read(section, "expect"),
              section);
      section.close(LaterKeys.SERVICE_OVERRIDE);
      return deviation;
    }

    ServicePolicy over(ServicePolicy service) {
      Map<String, List<Condition>> conditions = new HashMap<>(service.expect());
      conditions.putAll(expect);
      return new ServicePolicy(
          service.name(),
          service.railway(),
          health == null ? service.health() : health,
          service.version(),
          url == null ? service.url() : url,
          service.after(),
          conditions,
          service.timeout(),
          service.sampling(),
          service.versionFrom(),
          service.paths(),
          service.kind());
    }
  }

  /** What everybody means is not written, and not in the digest either. */
  private static Kind kind(Section section) {
    Kind kind = section.word("kind", KINDS, Map.of()).orElse(Kind.WEB);
    return kind == Kind.WEB ? null : kind;
  }

  private static VersionFile versionFile(Section section) {
    VersionFile file =
        new VersionFile(
            section.required(
                "file", ServiceTable::file, "a path in the repository, such as \"VERSION\""),
            section.required(
                "pattern",
                ServiceTable::capturing,
                "a regular expression with one group, such as 'version = \"(.+)\"'"));
    section.close(Map.of());
    return file;
  }

  private static boolean file(String path) {
    return !path.startsWith("/")
        && List.of(path.split("/", -1)).stream().noneMatch(ServiceTable::noName);
  }

  static boolean paths(String pattern) {
    return file(pattern)
        && !pattern.startsWith("!")
        && !pattern.matches(".*[\\[\\]{}\\\\\\p{Cntrl}].*");
  }

  private static boolean noName(String part) {
    return part.isEmpty() || part.equals(".") || part.equals("..");
  }

  private static boolean capturing(String pattern) {
    try {
      return Pattern.compile(pattern).matcher("").groupCount() == 1;
    } catch (PatternSyntaxException wrong) {
      return false;
    }
  }

  private static Sampling sampling(Section section) {
    Sampling sampling =
        new Sampling(
            section.duration("interval", SHORTEST).orElse(null),
            section.number("retries", 0, MOST_RETRIES).orElse(0));
    // Nothing said is nothing in the digest either.
    return sampling.equals(new Sampling(null, 0)) ? null : sampling;
  }

  private static String health(Section section) {
    return section
        .text("health", ServiceTable::path, "a path from the root, such as \"/health\"")
        .orElse(null);
  }

  /** Two slashes at the begin would name another host. */
  static boolean path(String text) {
    return text.startsWith("/") && !text.startsWith("//") && !text.matches(".*[\\s\\\\#].*");
  }

  private static String url(Section section) {
    return section
        .text("url", Addresses::web, "an address such as \"https://app.example.com\"")
        .orElse(null);
  }

  List<String> after() {
    return policy.after();
  }
}
