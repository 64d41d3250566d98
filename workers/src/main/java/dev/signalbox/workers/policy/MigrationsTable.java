package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.policy.MigrationPolicy.Rehearse;
import dev.signalbox.workflows.policy.MigrationPolicy.RuleVerdict;
import dev.signalbox.workflows.policy.MigrationPolicy.Runner;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code [migrations]} says.
 *
 * @param section where it was read, for mistakes that show only later
 */
record MigrationsTable(MigrationPolicy policy, Section section) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  static MigrationsTable read(Section section) {
    Tool tool = section.word("tool", tools(), Map.of()).orElse(Tool.ALEMBIC);
    Runner runner = section.word("runner", runners(), Map.of()).orElse(null);
    MigrationPolicy policy =
        new MigrationPolicy(
            tool,
            section.required(
                "directory",
                MigrationsTable::inside,
                "the directory of alembic.ini or pyproject.toml (or where the commands run), from"
                    + " the root of the repository"),
            section.required("service", name -> !name.isBlank(), "a name under [services]"),
            section
                .text(
                    "url",
                    name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"),
                    "the name of the variable that holds the database address")
                .orElse(null),
            section.word("backup", backups(), Map.of()).orElse(null),
            section.texts("python", word -> !word.isBlank(), "the words of a command"),
            section.word("contract", contracts(), Map.of()).orElse(null),
            section.word("rehearse", rehearsals(), Map.of()).orElse(null),
            section.table("rules").map(MigrationsTable::rules).orElse(null),
            section.number("keep", 1).orElse(0),
            section.duration("max_age", SHORTEST).orElse(null),
            section.duration("lock_timeout", SHORTEST).orElse(null),
            section.duration("statement_timeout", SHORTEST).orElse(null),
            section.duration("lock_budget", SHORTEST).orElse(null),
            section.text("without_backup").orElse(null),
            section.text("without_source").orElse(null),
            runner,
            new CommandKeys(section, tool, runner).read(),
            section.text("volume", name -> !name.isBlank(), "a service at Railway").orElse(null));
    section.close(Map.of());
    return new MigrationsTable(policy, section);
  }

  private static Map<String, Tool> tools() {
    Map<String, Tool> words = new LinkedHashMap<>();
    words.put("alembic", Tool.ALEMBIC);
    words.put("command", Tool.COMMAND);
    return words;
  }

  private static Map<String, Runner> runners() {
    Map<String, Runner> words = new LinkedHashMap<>();
    words.put("command", Runner.COMMAND);
    words.put("railway-predeploy", Runner.RAILWAY_PREDEPLOY);
    return words;
  }

  /** Not out of the commit's own tree. */
  private static boolean inside(String directory) {
    return !directory.isBlank()
        && !directory.startsWith("/")
        && !directory.matches("(.*/)?\\.\\.(/.*)?");
  }

  private static Map<String, BackupMethod> backups() {
    Map<String, BackupMethod> words = new LinkedHashMap<>();
    words.put("pg_dump", BackupMethod.PG_DUMP);
    words.put("railway-volume", BackupMethod.RAILWAY_VOLUME);
    words.put("none", BackupMethod.NONE);
    return words;
  }

  private static Map<String, ContractOrder> contracts() {
    Map<String, ContractOrder> words = new LinkedHashMap<>();
    words.put("after", ContractOrder.AFTER);
    words.put("before", ContractOrder.BEFORE);
    words.put("refuse", ContractOrder.REFUSE);
    return words;
  }

  private static Map<String, Rehearse> rehearsals() {
    Map<String, Rehearse> words = new LinkedHashMap<>();
    words.put("auto", Rehearse.AUTO);
    words.put("always", Rehearse.ALWAYS);
    words.put("never", Rehearse.NEVER);
    return words;
  }

  private static Map<String, RuleVerdict> rules(Section section) {
    Map<String, RuleVerdict> words = new LinkedHashMap<>();
    words.put("allow", RuleVerdict.ALLOW);
    words.put("warn", RuleVerdict.WARN);
    words.put("approve", RuleVerdict.APPROVE);
    words.put("refuse", RuleVerdict.REFUSE);
    Map<String, RuleVerdict> rules = new LinkedHashMap<>();
    for (String rule : section.names()) {
      section.word(rule, words, Map.of()).ifPresent(verdict -> rules.put(rule, verdict));
    }
    return rules;
  }
}
