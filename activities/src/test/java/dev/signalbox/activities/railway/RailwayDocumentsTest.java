package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Sandbox;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema is the introspection that Railway's own command line was generated from. */
class RailwayDocumentsTest {
  private static GraphQLSchema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    try (InputStream packed = Sandbox.class.getResourceAsStream("railway/schema.json.gz");
        InputStream plain = new GZIPInputStream(packed)) {
      Map<String, Object> introspection =
          new ObjectMapper().readValue(plain, new TypeReference<Map<String, Object>>() {});
      schema =
          UnExecutableSchemaGenerator.makeUnExecutableSchema(
              new SchemaParser()
                  .buildRegistry(
                      new IntrospectionResultToSchema().createSchemaDefinition(introspection)));
    }
  }

  @ParameterizedTest
  @EnumSource(GraphQlOperation.class)
  void everyDocumentIsValidAtRailway(GraphQlOperation operation) {
    var document = new Parser().parseDocument(operation.document());

    assertThat(new Validator().validateDocument(schema, document, Locale.ROOT)).isEmpty();
    assertThat(document.getOperationDefinition(operation.operationName())).isPresent();
  }
}
