package dev.signalbox.workflows.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workflows.WireFormat;
import org.junit.jupiter.api.Test;

class RequiredCheckTest {
  private final ObjectMapper wire = WireFormat.mapper();

  @Test
  void travelsAsTheFileHasIt() throws Exception {
    assertThat(wire.writeValueAsString(RequiredCheck.named("build"))).isEqualTo("\"build\"");
    assertThat(wire.writeValueAsString(new RequiredCheck("shard *", 4)))
        .isEqualTo("{\"count\":4,\"name\":\"shard *\"}");
  }

  @Test
  void isReadInBothForms() throws Exception {
    assertThat(wire.readValue("\"build\"", RequiredCheck.class))
        .isEqualTo(RequiredCheck.named("build"));
    assertThat(wire.readValue("{\"count\":4,\"name\":\"shard *\"}", RequiredCheck.class))
        .isEqualTo(new RequiredCheck("shard *", 4));
  }

  @Test
  void takesEverythingButAStarForText() {
    RequiredCheck shards = new RequiredCheck("Tests (shard *.*)", 2);

    assertThat(shards.matches("Tests (shard 1.2)")).isTrue();
    assertThat(shards.matches("Tests (shard 12)")).isFalse();
    assertThat(shards.matches("Tests (shard 1.2) again")).isFalse();
    assertThat(RequiredCheck.named("a.c").matches("abc")).isFalse();
  }
}
