package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The project's own commands, each as its words. One that begins with {@code python} runs in the
 * project's own Python.
 *
 * @param check ends with 0 where nothing is to be run, and with something else where there is
 * @param run brings the database to where the code wants it
 * @param revision prints where the database stands
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MigrationCommands(List<String> check, List<String> run, List<String> revision) {
  /** Of Alembic's own command: where the database is to be brought. */
  public static final String TARGET = "{revision}";

  public MigrationCommands {
    check = check == null ? List.of() : List.copyOf(check);
    run = run == null ? List.of() : List.copyOf(run);
    revision = revision == null ? List.of() : List.copyOf(revision);
  }
}
