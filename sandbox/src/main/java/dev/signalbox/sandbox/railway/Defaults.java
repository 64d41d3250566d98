package dev.signalbox.sandbox.railway;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import java.util.List;
import java.util.Map;

/**
 * What a field answers that no view sets: null where the schema allows it, else the emptiest value
 * of its type. Railway's own command line refuses null there, whatever it does with the field.
 */
final class Defaults {
  private Defaults() {}

  static Object fetch(DataFetchingEnvironment asked) {
    String name = asked.getField().getName();
    Object value = asked.getSource() instanceof Map<?, ?> view ? view.get(name) : null;
    if (value instanceof Field field) {
      return field.of(asked);
    }
    return value == null ? emptiest(asked.getFieldType()) : value;
  }

  private static Object emptiest(GraphQLType type) {
    if (!(type instanceof GraphQLNonNull required)) {
      return null;
    }
    GraphQLType inner = required.getWrappedType();
    if (inner instanceof GraphQLList) {
      return List.of();
    }
    if (inner instanceof GraphQLEnumType values) {
      return values.getValues().get(0).getValue();
    }
    if (inner instanceof GraphQLScalarType scalar) {
      return switch (scalar.getName()) {
        case "Boolean" -> false;
        case "Int" -> 0;
        case "Float" -> 0.0;
        case "DateTime" -> "1970-01-01T00:00:00Z";
        case "String", "ID" -> "";
        default -> Map.of();
      };
    }
    return Map.of();
  }
}
