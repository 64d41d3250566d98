package dev.signalbox.workers.policy;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Calendar;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.EnvironmentPolicy.MergeMethod;
import dev.signalbox.workflows.policy.EnvironmentPolicy.ReviewedBy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.RollbackMode;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Unchanged;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code [environments.<name>]} says.
 *
 * @param railway id of the Railway project that it lives in; empty = the project's own
 * @param token name of the worker's variable that holds its token; empty = the worker's own
 * @param deviations what it changes about services, by service
 * @param section where it was read, for mistakes that show only later
 * @param approvals its approvals, and where they were read; empty = none needed
 * @param verify where its verification was read; empty = nothing is said of it
 * @param auto what starts its promotions without anybody asking
 */
record EnvironmentTable(
    EnvironmentPolicy policy,
    Optional<String> railway,
    Optional<String> token,
    Map<String, ServiceTable.Deviation> deviations,
    Section section,
    Optional<ApprovalsTable> approvals,
    Optional<Section> verify,
    Auto auto) {

  private static final String TOKEN_PREFIX = "env:";
  private static final String TOKEN =
      "\"env:NAME\", the name of the worker's variable that holds the token";
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Set<String> CONCLUSIONS = Set.of("neutral", "skipped");
  private static final Set<String> DOORS = Set.of("cli", "temporal-ui");

  /** The branch that commits are pushed to; null = the source's is, or there is no source. */
  String origin(Map<String, EnvironmentTable> all) {
    EnvironmentTable first = this;
    int steps = 0;
    while (first.policy().from() != null) {
      first = all.get(first.policy().from());
      steps++;
    }
    return steps < 2 ? null : first.policy().branch();
  }

  static EnvironmentTable read(String name, Section section) {
    Optional<ApprovalsTable> approvals = section.table("approvals").map(ApprovalsTable::read);
    Optional<Section> verify = section.table("verify");
    EnvironmentPolicy policy =
        new EnvironmentPolicy(
            name,
            section.required(
                "branch",
                EnvironmentTable::branchName,
                "the name of a branch, as `git branch` shows it"),
            section.text("from").orElse(null),
            RequiredCheckList.read(section),
            section.texts("accept", CONCLUSIONS::contains, "\"neutral\" and \"skipped\""),
            section.duration("soak", Duration.ZERO).orElse(null),
            mergeMethod(section),
            autoDeploy(section),
            whenBusy(section),
            approvals.map(ApprovalsTable::policy).orElse(null),
            trust(section),
            rollback(section),
            section.yesOrNo("rebuild").orElse(null),
            tag(section),
            section.table("limits").map(EnvironmentTable::limits).orElse(null),
            verify.map(VerifyTable::read).orElse(null),
            reviewed(section),
            section.names(
                "requires",
                variable -> variable.matches("[A-Za-z_][A-Za-z0-9_]*"),
                "names of variables: letters, digits and _"),
            title(section),
            unchanged(section),
            section.yesOrNo("partial").orElse(null),
            head(section),
            calendar(section),
            section.yesOrNo("revert").orElse(null),
            section.yesOrNo("sync").orElse(null));
    Map<String, ServiceTable.Deviation> deviations = deviations(section);
    Optional<String> railway =
        section.text("railway", id -> id.matches("\\S+"), "the id of the Railway project");
    Optional<String> token = token(section);
    Auto auto = section.table("auto").map(below -> AutoTable.read(below, policy)).orElse(Auto.OFF);
    section.close(LaterKeys.ENVIRONMENT);
    return new EnvironmentTable(
        policy, railway, token, deviations, section, approvals, verify, auto);
  }

  private static Map<String, ServiceTable.Deviation> deviations(Section section) {
    Map<String, ServiceTable.Deviation> deviations = new LinkedHashMap<>();
    section
        .table("services")
        .ifPresent(
            services ->
                services
                    .tables()
                    .forEach(
                        (service, below) ->
                            deviations.put(service, ServiceTable.Deviation.read(below))));
    return deviations;
  }

  private static Optional<String> token(Section section) {
    return section
        .text("token")
        // Not quoted: who wrote the token itself must not find it in a log.
        .filter(
            text ->
                tokenReference(text)
                    || section.refused("token", "what is no such reference", TOKEN))
        .map(reference -> reference.substring(TOKEN_PREFIX.length()));
  }

  /** A token itself would stand in every history. */
  private static boolean tokenReference(String text) {
    return text.matches(TOKEN_PREFIX + "[A-Za-z_][A-Za-z0-9_]*");
  }

  /** What git takes for a branch (git help check-ref-format). */
  static boolean branchName(String name) {
    return name.matches("[^\\s~^:?*\\[\\\\\\p{Cntrl}-][^\\s~^:?*\\[\\\\\\p{Cntrl}]*")
        && !name.startsWith("refs/")
        && !name.startsWith("/")
        && !name.endsWith("/")
        && !name.endsWith(".")
        && !name.endsWith(".lock")
        && !name.contains("..")
        && !name.contains("//")
        && !name.contains("@{");
  }

  private static MergeMethod mergeMethod(Section section) {
    return section
        .word(
            "merge",
            ordered("merge", MergeMethod.MERGE, "fast-forward", MergeMethod.FAST_FORWARD),
            Map.of(
                "squash",
                "a squashed commit is not the one that was tested;"
                    + " allowed: \"merge\" or \"fast-forward\"",
                "rebase",
                "a rebased commit is not the one that was tested;"
                    + " allowed: \"merge\" or \"fast-forward\""))
        .orElse(null);
  }

  /** Null = off. */
  private static ReviewedBy reviewed(Section section) {
    Map<String, Optional<ReviewedBy>> words =
        ordered(
            "each", Optional.of(ReviewedBy.EACH), "promotion", Optional.of(ReviewedBy.PROMOTION));
    words.put("off", Optional.empty());
    return section.word("reviewed", words, Map.of()).flatMap(word -> word).orElse(null);
  }

  private static String title(Section section) {
    return section
        .text(
            "title",
            title ->
                title.length() <= 200
                    && !title
                        .replaceAll("\\{(Environment|environment|date|short|revision)\\}", "")
                        .matches(".*[{}\\p{Cntrl}].*"),
            "one line with {Environment}, {environment}, {date}, {short} and {revision}")
        .orElse(null);
  }

  /** Null = the source branch itself. */
  private static String head(Section section) {
    return section
        .text(
            "head",
            head ->
                head.equals("branch")
                    || (head.contains("{timestamp}")
                        && branchName(
                            head.replaceFirst("\\{timestamp\\}", "1")
                                .replaceAll("\\{environment\\}", "x"))
                        && !head.replaceFirst("\\{timestamp\\}", "")
                            .replaceAll("\\{environment\\}", "")
                            .matches(".*[{}].*")),
            "\"branch\", or the name of a branch with {timestamp}: \"promote/{timestamp}\"")
        .filter(head -> !head.equals("branch"))
        .orElse(null);
  }

  /** Null where nothing is said of it. */
  private static Calendar calendar(Section section) {
    Calendar calendar =
        new Calendar(
            FreezeList.read(section),
            section.names("override", group -> !group.isBlank(), "names of groups of [people]"),
            section.table("emergency").map(EmergencyTable::read).orElse(null));
    return calendar.equals(Calendar.OPEN) ? null : calendar;
  }

  private static AutoDeploy autoDeploy(Section section) {
    Map<String, AutoDeploy> words =
        ordered("refuse", AutoDeploy.REFUSE, "switch-off", AutoDeploy.SWITCH_OFF);
    words.put("observe", AutoDeploy.OBSERVE);
    return section.word("auto_deploy", words, Map.of()).orElse(null);
  }

  private static Unchanged unchanged(Section section) {
    return section
        .word("unchanged", ordered("deploy", Unchanged.DEPLOY, "skip", Unchanged.SKIP), Map.of())
        .orElse(null);
  }

  private static WhenBusy whenBusy(Section section) {
    Map<String, WhenBusy> words = ordered("queue", WhenBusy.QUEUE, "refuse", WhenBusy.REFUSE);
    words.put("supersede", WhenBusy.SUPERSEDE);
    return section.word("when_busy", words, Map.of()).orElse(null);
  }

  private static RollbackMode rollback(Section section) {
    Map<String, RollbackMode> words =
        ordered("automatic", RollbackMode.AUTOMATIC, "ask", RollbackMode.ASK);
    words.put("never", RollbackMode.NEVER);
    return section.word("rollback", words, Map.of()).orElse(null);
  }

  private static List<String> trust(Section section) {
    boolean named = section.has("trust");
    var doors = section.texts("trust", DOORS::contains, "\"cli\" and \"temporal-ui\"");
    return named ? doors : null;
  }

  private static String tag(Section section) {
    return section
        .text(
            "tag",
            tag ->
                tag.replaceAll("\\{(environment|date|short)\\}", "x")
                    .matches("[A-Za-z0-9][A-Za-z0-9._/-]*"),
            "a tag name with {environment}, {date} and {short}")
        .orElse(null);
  }

  private static Limits limits(Section section) {
    Limits otherwise = Limits.DEFAULTS;
    Limits limits =
        new Limits(
            section.duration("checks", SHORTEST).orElse(null),
            section.duration("build", SHORTEST).orElse(null),
            section.duration("deploy", SHORTEST).orElse(otherwise.deploy()),
            section.duration("total", SHORTEST).orElse(null),
            section.duration("away", SHORTEST).orElse(null),
            section.duration("settle", SHORTEST).orElse(otherwise.settle()),
            section.duration("poll", SHORTEST).orElse(otherwise.poll()));
    section.close(Map.of());
    if (limits.build() != null && limits.build().compareTo(limits.deploy()) > 0) {
      section.refused(
          "build",
          "a limit above that of the whole deployment, which would never be reached",
          "at most \"deploy\", now " + DurationText.of(limits.deploy()));
    }
    return limits;
  }

  private static <T> Map<String, T> ordered(String first, T one, String second, T two) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(first, one);
    words.put(second, two);
    return words;
  }
}
