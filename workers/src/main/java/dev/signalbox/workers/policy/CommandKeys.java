package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.MigrationCommands;
import dev.signalbox.workflows.policy.MigrationPolicy.Runner;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.util.List;

/** The commands of {@code [migrations]}, and which of its keys mean something beside them. */
final class CommandKeys {
  private static final String WORDS = "the words of a command, as [\"python\", \"manage.py\"]";
  private static final String TAKE_OUT = "take the key out";

  private final Section section;
  private final Tool tool;
  private final Runner runner;

  CommandKeys(Section section, Tool tool, Runner runner) {
    this.section = section;
    this.tool = tool;
    this.runner = runner;
  }

  /** Null = none is named. */
  MigrationCommands read() {
    MigrationCommands commands =
        new MigrationCommands(words("check"), words("run"), words("revision"));
    if (runner == Runner.RAILWAY_PREDEPLOY) {
      judgeByRailway();
    } else if (tool == Tool.COMMAND) {
      require("check", "ends with 0 where nothing is to be run");
      require("run", "brings the database to where the code wants it");
      require("revision", "prints where the database stands");
      refuse("rules", "tool = \"command\" shows no SQL that a rule could judge");
    } else {
      refuse("check", "Alembic says it itself: it belongs to tool = \"command\"");
      refuse("revision", "Alembic says it itself: it belongs to tool = \"command\"");
      judgeRun(commands.run());
    }
    if (tool == Tool.COMMAND || runner == Runner.COMMAND) {
      refuse("lock_budget", "how long a command keeps readers out is not measured");
    }
    return section.has("check") || section.has("run") || section.has("revision") ? commands : null;
  }

  /** Only Railway reaches the database: what needs it from here is a mistake. */
  private void judgeByRailway() {
    if (tool == Tool.COMMAND) {
      require("run", "Railway is to run");
      refuse("python", "the command runs in the service's own image");
    }
    refuse("check", "only Railway reaches the database, so nobody could run it");
    refuse("revision", "only Railway reaches the database, so nobody could run it");
    refuse("rules", "what is pending is only known by the ledger's record");
    for (String limit : List.of("lock_timeout", "statement_timeout", "lock_budget")) {
      refuse(limit, "nothing of it reaches the connections of a pre-deploy command");
    }
    if (!section.has("backup") || "pg_dump".equals(section.value("backup"))) {
      section.add(
          "backup",
          "only Railway reaches the database, so that the worker cannot save it",
          "say backup = \"railway-volume\", or \"none\"");
    }
    want("rehearse", "never", "there is no backup that could be restored for it");
    want("contract", "before", "the command runs when the code is deployed");
  }

  private void want(String key, String word, String why) {
    if (section.has(key) && !word.equals(section.value(key))) {
      section.add(key, why, "say " + key + " = \"" + word + "\"");
    }
  }

  private List<String> words(String key) {
    return section.texts(key, word -> !word.isBlank(), WORDS);
  }

  private void require(String key, String does) {
    if (!section.has(key)) {
      section.add(
          key,
          "tool = \"command\" wants a command that " + does,
          "say " + key + " = " + WORDS.substring(WORDS.indexOf('[')));
    } else if (section.value(key) instanceof org.tomlj.TomlArray words && words.isEmpty()) {
      section.refused(key, "an empty list", WORDS);
    }
  }

  private void refuse(String key, String why) {
    if (section.has(key)) {
      section.add(key, why, TAKE_OUT);
    }
  }

  private void judgeRun(List<String> run) {
    if (runner == null) {
      refuse("run", "it belongs to tool = \"command\", or to runner = \"command\"");
    } else if (section.has("run")
        && run.stream().noneMatch(word -> word.contains(MigrationCommands.TARGET))) {
      section.add(
          "run",
          "it does not say how far it runs",
          "put "
              + MigrationCommands.TARGET
              + " where the command takes the target: a release may"
              + " run a part of what is pending");
    }
  }
}
