package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Path;

/** What commands print as JSON, against {@code docs/reference/schemas/commands}. */
public final class OutputSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMAS = Path.of("../docs/reference/schemas/commands");

  private OutputSchema() {}

  /**
   * What was printed, once it is as its schema says.
   *
   * @param schema its name without {@code .schema.json}
   */
  public static JsonNode checked(String schema, String text) throws IOException {
    JsonNode described = JSON.readTree(SCHEMAS.resolve(schema + ".schema.json").toFile());
    JsonNode json = JSON.readTree(text);
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(described).validate(json))
        .as("%s: %s", schema, text)
        .isEmpty();
    return json;
  }
}
