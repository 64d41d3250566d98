package dev.signalbox.sandbox.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.signalbox.sandbox.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a release does with its database at every request: code that knows another schema than the
 * database has really fails.
 *
 * @param variable that holds the address; a service without it keeps nothing, and is well
 * @param read a query; null = none
 * @param write a statement that changes something; null = none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Storage(String variable, String read, String write) {
  private static final List<String> KEYS = List.of("variable", "read", "write");
  private static final int ANSWER_WITHIN_SECONDS = 5;

  /** Reads {@code [database]} of {@code sandbox.toml}. */
  static Storage of(JsonNode table) {
    if (table.isNull()) {
      return null;
    }
    if (!table.isObject() || !table.path("variable").isTextual()) {
      throw new IllegalArgumentException(
          "sandbox.toml: database is a table with the name of a variable; found " + table);
    }
    table
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                    "sandbox.toml: unknown key 'database." + key + "'; one of " + KEYS);
              }
            });
    return new Storage(
        table.path("variable").asText(),
        table.path("read").isTextual() ? table.path("read").asText() : null,
        table.path("write").isTextual() ? table.path("write").asText() : null);
  }

  /** Whether this process was given a database. */
  boolean given(Map<String, String> variables) {
    return !variables.getOrDefault(variable, "").isBlank();
  }

  /** Does it once; what the database said against it, empty = nothing. */
  Optional<String> refusal(Map<String, String> variables) {
    try (Connection connection =
            DriverManager.getConnection(LocalPostgres.jdbc(variables.get(variable)));
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_WITHIN_SECONDS);
      if (write != null) {
        statement.execute(write);
      }
      if (read != null) {
        statement.execute(read);
      }
      return Optional.empty();
    } catch (SQLException | IllegalArgumentException refused) {
      return Optional.of(String.valueOf(refused.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
