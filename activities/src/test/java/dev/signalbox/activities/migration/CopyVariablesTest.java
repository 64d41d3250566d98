package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyVariablesTest {
  private static final DatabaseAddress REAL =
      new DatabaseAddress("DATABASE_URL", "postgresql://app:word@db.acme.com/shop");
  private static final DatabaseAddress COPY =
      new DatabaseAddress("DATABASE_URL", "postgresql://own:other@db.acme.com/own");

  @Test
  void leadsWhatIsWrittenInPartsByTheCopysRoleToo() {
    assertThat(
            led(
                Map.of(
                    "PGHOST", "db.acme.com",
                    "PGDATABASE", "shop",
                    "PGUSER", "reader",
                    "PGPASSWORD", "secret",
                    "DB_HOST", "postgres.railway.internal",
                    "DB_NAME", "shop",
                    "DB_USER", "app",
                    "DB_PASS", "word")))
        .isEqualTo(
            Map.of(
                "PGHOST", "db.acme.com",
                "PGDATABASE", "own",
                "PGUSER", "own",
                "PGPASSWORD", "other",
                "DB_HOST", "postgres.railway.internal",
                "DB_NAME", "own",
                "DB_USER", "own",
                "DB_PASS", "other"));
  }

  @Test
  void leavesThePartsOfAnotherDatabaseAsTheyAre() {
    Map<String, String> others =
        Map.of(
            "DB_HOST", "elsewhere.acme.com",
            "DB_NAME", "shop",
            "DB_USER", "reader",
            "POSTGRES_DB", "stock",
            "POSTGRES_USER", "app",
            "POSTGRES_PASSWORD", "word",
            "NAME", "shop");

    assertThat(led(others)).isEqualTo(others);
  }

  private static Map<String, String> led(Map<String, String> variables) {
    return CopyVariables.of(new HashMap<>(variables), REAL, COPY);
  }
}
