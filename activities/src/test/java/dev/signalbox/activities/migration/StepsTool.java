package dev.signalbox.activities.migration;

import dev.signalbox.workflows.policy.MigrationCommands;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project with a small migration tool of its own: numbered statements, one commit for each. */
final class StepsTool {
  private static final String SCRIPT =
      """
      import os, sys
      import psycopg

      STEPS = [@STEPS@]


      def done(connection):
          there = connection.execute("select to_regclass('steps')").fetchone()[0]
          return connection.execute("select count(*) from steps").fetchone()[0] if there else 0


      with psycopg.connect(@ADDRESS@, autocommit=True) as connection:
          if sys.argv[1] == "check":
              @CHECK@
              left = STEPS[done(connection):]
              print("%d left" % len(left))
              sys.exit(1 if left else 0)
          if sys.argv[1] == "revision":
              if done(connection):
                  print(done(connection))
          if sys.argv[1] == "run":
              @RUN@
              connection.execute("create table if not exists steps (n int)")
              for number in range(done(connection), len(STEPS)):
                  print("step", number + 1)
                  connection.execute(STEPS[number])
                  connection.execute("insert into steps values (%s)", [number + 1])
      """;

  static final MigrationCommands COMMANDS =
      new MigrationCommands(
          List.of("python", "tool.py", "check"),
          List.of("python", "tool.py", "run"),
          List.of("python", "tool.py", "revision"));

  private final List<String> steps;
  private String address;
  private String check = "pass";
  private String run = "pass";

  /**
   * @param variable that holds the address
   */
  StepsTool(String variable, String... steps) {
    this.address = "os.environ['" + variable + "']";
    this.steps = List.of(steps);
  }

  /** What its check does first, a statement of Python. */
  StepsTool checking(String statement) {
    check = statement;
    return this;
  }

  /** What its run does first. */
  StepsTool running(String statement) {
    run = statement;
    return this;
  }

  /** It connects there, whatever its variables say. */
  StepsTool connectingTo(String fixed) {
    address = "'" + fixed + "'";
    return this;
  }

  SmallProject project() {
    return SmallProject.empty()
        .file(
            "tool.py",
            SCRIPT
                .replace(
                    "@STEPS@",
                    Stream.concat(steps.stream(), Stream.of(""))
                        .map(step -> step.isEmpty() ? "" : "\"" + step + "\"")
                        .collect(Collectors.joining(", ")))
                .replace("@ADDRESS@", address)
                .replace("@CHECK@", check)
                .replace("@RUN@", run));
  }

  static MigrationPolicy policy(List<String> python) {
    return Policies.by(Tool.COMMAND, null, COMMANDS, python);
  }
}
