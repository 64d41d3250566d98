package dev.signalbox.workflows;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Lists that may have thousands of entries much alike: a message holds two megabytes. Up to {@link
 * #MOST} they stand there as they are, for people to read; a longer one is JSON in gzip in base64.
 */
public final class Packed {
  /** As long as a list is easily read by a person. */
  public static final int MOST = 500;

  private Packed() {}

  /** Of a list in a message. */
  public static final class Writer extends JsonSerializer<List<?>> {
    @Override
    public void serialize(List<?> list, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      if (list.size() <= MOST) {
        write(list, generator, provider);
        return;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream zip = new GZIPOutputStream(bytes);
          JsonGenerator inner = generator.getCodec().getFactory().createGenerator(zip)) {
        write(list, inner, provider);
      }
      generator.writeBinary(bytes.toByteArray());
    }

    private static void write(List<?> list, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeStartArray();
      for (Object one : list) {
        provider.defaultSerializeValue(one, generator);
      }
      generator.writeEndArray();
    }
  }

  /** Of a list in a message, packed or not. */
  public static final class Reader extends JsonDeserializer<List<?>>
      implements ContextualDeserializer {
    private final JavaType type;

    Reader() {
      this(null);
    }

    private Reader(JavaType type) {
      this.type = type;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) {
      return new Reader(property.getType());
    }

    @Override
    public List<?> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return context.readValue(parser, type);
      }
      try (GZIPInputStream zip =
              new GZIPInputStream(new ByteArrayInputStream(parser.getBinaryValue()));
          JsonParser inner = parser.getCodec().getFactory().createParser(zip)) {
        return parser.getCodec().readValue(inner, type);
      }
    }
  }
}
