package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A GraphQL request as it came.
 *
 * @param operationName null when the client names none
 * @param fields the root fields that it asks for
 */
record Question(
    String query,
    String operationName,
    Map<String, Object> variables,
    List<RootField> fields,
    boolean subscribes) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  /**
   * Throws {@link JsonProcessingException} and {@link IllegalArgumentException} for what is no
   * request, and the parser's own exception for a document that cannot be read.
   */
  static Question read(String body) throws JsonProcessingException {
    return read(JSON.readTree(body));
  }

  static Question read(JsonNode json) {
    if (!json.path("query").isTextual()) {
      throw new IllegalArgumentException("no query");
    }
    String query = json.get("query").asText();
    String name = json.path("operationName").asText("");
    String operationName = name.isBlank() || name.equals("null") ? null : name;
    Map<String, Object> variables =
        json.path("variables").isObject()
            ? JSON.convertValue(json.get("variables"), MAP)
            : new HashMap<>();
    Document document = Parser.parse(query);
    boolean subscribes =
        document.getDefinitionsOfType(OperationDefinition.class).stream()
            .filter(o -> operationName == null || operationName.equals(o.getName()))
            .limit(1)
            .anyMatch(o -> o.getOperation() == OperationDefinition.Operation.SUBSCRIPTION);
    List<RootField> fields = RootField.of(document, operationName, variables);
    return new Question(query, operationName, variables, fields, subscribes);
  }

  boolean writes() {
    return fields.stream().anyMatch(RootField::mutation);
  }
}
