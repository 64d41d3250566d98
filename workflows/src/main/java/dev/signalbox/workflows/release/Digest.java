package dev.signalbox.workflows.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.workflows.WireFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** SHA-256 over canonical JSON: sorted keys, UTF-8, no white space. */
public final class Digest {
  private static final int ENOUGH_FOR_PEOPLE = 12;
  private static final ObjectMapper MAPPER = WireFormat.mapper();

  private Digest() {}

  /** The digest of any record, 64 hex. */
  public static String of(Object value) {
    return sha256(canonical(MAPPER.valueToTree(value)).toString());
  }

  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The canonical text, for whoever compares two of them key by key. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(canonical(MAPPER.valueToTree(value)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree can always be written", impossible);
    }
  }

  /** As many digits as people need to say which digest they mean. */
  public static String brief(String digest) {
    return digest.substring(0, Math.min(ENOUGH_FOR_PEOPLE, digest.length()));
  }

  private static JsonNode canonical(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
      ObjectNode object = MAPPER.createObjectNode();
      sorted.forEach(object::set);
      return object;
    }
    if (node.isArray()) {
      var array = MAPPER.createArrayNode();
      node.forEach(element -> array.add(canonical(element)));
      return array;
    }
    return node;
  }
}
