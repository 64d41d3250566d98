package dev.signalbox.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledProgramsTest {
  @TempDir Path directory;

  @Test
  void saysThatOthersAreTakenThanThoseOfPgBin() throws IOException {
    Path named = programs("named", "15.18");
    Path newer = programs("16/bin", "16.2");
    InstalledPrograms programs =
        new InstalledPrograms(Map.of("PG_BIN", named.toString()), directory);

    PostgresPrograms taken = programs.fitting("16.4");

    assertThat(programs.passedOver("16.4", taken))
        .hasValue(
            "PG_BIN names pg_dump 15.18 ("
                + named.resolve("pg_dump")
                + "); for server 16.4, too new for it, 16.2 ("
                + newer.resolve("pg_dump")
                + ") is taken");
    assertThat(programs.passedOver("15.1", programs.fitting("15.1"))).isEmpty();
  }

  private Path programs(String below, String version) throws IOException {
    Path bin = Files.createDirectories(directory.resolve(below));
    for (String name : List.of("pg_dump", "pg_restore")) {
      Path program = bin.resolve(name);
      Files.writeString(program, "#!/bin/sh\necho '" + name + " (PostgreSQL) " + version + "'\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    return bin;
  }
}
