package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Railway's schema, all 624 types of it, made executable. The resource is the introspection that
 * Railway's CLI 5.71.0 was generated from, without descriptions; {@code Team.id} alone is no longer
 * marked deprecated there, because a strict builder refuses that beside {@code Node.id}.
 *
 * <p>One for all sandboxes of a process, because it takes a third of a second to build: each
 * request brings the {@link Addressees} that answer it in its context.
 */
final class RailwaySchema {
  private static final String RESOURCE = "schema.json.gz";
  private static final Set<String> BUILT_IN = Set.of("Boolean", "Float", "ID", "Int", "String");

  private static final GraphQLSchema SCHEMA = build();

  private RailwaySchema() {}

  static GraphQLSchema get() {
    return SCHEMA;
  }

  private static GraphQLSchema build() {
    var registry =
        new SchemaParser()
            .buildRegistry(new IntrospectionResultToSchema().createSchemaDefinition(read()));
    RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring().wiringFactory(new Wiring()).build();
    return new SchemaGenerator().makeExecutableSchema(registry, wiring);
  }

  private static Map<String, Object> read() {
    try (InputStream packed = RailwaySchema.class.getResourceAsStream(RESOURCE);
        InputStream plain = new GZIPInputStream(packed)) {
      return new ObjectMapper().readValue(plain, new TypeReference<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Wiring implements WiringFactory {
    @Override
    public boolean providesScalar(ScalarWiringEnvironment asked) {
      return !BUILT_IN.contains(asked.getScalarTypeDefinition().getName());
    }

    @Override
    public GraphQLScalarType getScalar(ScalarWiringEnvironment asked) {
      return GraphQLScalarType.newScalar()
          .name(asked.getScalarTypeDefinition().getName())
          .coercing(new AsItIs())
          .build();
    }

    @Override
    public boolean providesTypeResolver(InterfaceWiringEnvironment asked) {
      return true;
    }

    @Override
    public TypeResolver getTypeResolver(InterfaceWiringEnvironment asked) {
      return unresolved -> null;
    }

    @Override
    public boolean providesTypeResolver(UnionWiringEnvironment asked) {
      return true;
    }

    @Override
    public TypeResolver getTypeResolver(UnionWiringEnvironment asked) {
      return unresolved -> null;
    }

    @Override
    public boolean providesDataFetcher(FieldWiringEnvironment asked) {
      return isRoot(asked);
    }

    @Override
    public DataFetcher<?> getDataFetcher(FieldWiringEnvironment asked) {
      String root = asked.getParentType().getName();
      String name = asked.getFieldDefinition().getName();
      return field -> {
        Addressees addressees = field.getGraphQlContext().get(Addressees.class);
        DataFetcher<?> known = addressees.find(root, name, field);
        if (known == null) {
          throw new RailwayError(name + " is not available in the sandbox");
        }
        return known.get(field);
      };
    }

    @Override
    public DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment asked) {
      return Defaults::fetch;
    }

    private static boolean isRoot(FieldWiringEnvironment asked) {
      String parent = asked.getParentType().getName();
      return parent.equals("Query") || parent.equals("Mutation") || parent.equals("Subscription");
    }
  }

  /** Railway's own scalars carry JSON as it is. */
  @SuppressWarnings("deprecation") // the overloads with a context call these
  private static final class AsItIs implements Coercing<Object, Object> {
    @Override
    public Object serialize(Object value) {
      return value;
    }

    @Override
    public Object parseValue(Object value) {
      return value;
    }

    @Override
    public Object parseLiteral(Object literal) {
      return plain((Value<?>) literal);
    }

    private static Object plain(Value<?> literal) {
      if (literal instanceof StringValue text) {
        return text.getValue();
      }
      if (literal instanceof IntValue number) {
        return number.getValue();
      }
      if (literal instanceof FloatValue number) {
        return number.getValue();
      }
      if (literal instanceof BooleanValue truth) {
        return truth.isValue();
      }
      if (literal instanceof ArrayValue list) {
        return list.getValues().stream().map(AsItIs::plain).toList();
      }
      if (literal instanceof ObjectValue object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (ObjectField field : object.getObjectFields()) {
          fields.put(field.getName(), plain(field.getValue()));
        }
        return fields;
      }
      return literal instanceof NullValue ? null : literal.toString();
    }
  }
}
