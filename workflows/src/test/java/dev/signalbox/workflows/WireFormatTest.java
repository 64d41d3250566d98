package dev.signalbox.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {
  private final ObjectMapper mapper = WireFormat.mapper();

  static Stream<Class<?>> everyMessage() {
    return Messages.records();
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void bringsBackWhatWasSent(Class<?> message) throws Exception {
    Object sent = Messages.sample(message);

    Object received = mapper.readValue(mapper.writeValueAsString(sent), message);

    assertThat(received).isEqualTo(sent);
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void ignoresAFieldThatANewerSenderAdds(Class<?> message) throws Exception {
    Object sent = Messages.sample(message);
    ObjectNode newer = mapper.valueToTree(sent);
    newer.putObject("addedLater").put("deep", 1);

    Object received = mapper.readValue(mapper.writeValueAsString(newer), message);

    assertThat(received).isEqualTo(sent);
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void readsAnAbsentListOrMapAsOneAllTheSame(Class<?> message) throws Exception {
    Object received = mapper.readValue("{}", message);

    for (RecordComponent component : message.getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      Object value = component.getAccessor().invoke(received);
      if (component.getType() == List.class || component.getType() == Map.class) {
        assertThat(value).as(component.getName()).isNotNull();
      }
    }
  }

  @Test
  void writesDurationsAsIsoText() throws Exception {
    Limits limits =
        new Limits(
            null,
            null,
            Duration.ofMinutes(20),
            null,
            null,
            Duration.ofSeconds(30),
            Duration.ofMillis(1500));

    assertThat(mapper.writeValueAsString(limits))
        .isEqualTo("{\"deploy\":\"PT20M\",\"settle\":\"PT30S\",\"poll\":\"PT1.5S\"}");
  }

  @Test
  void writesNothingForWhatIsAbsent() throws Exception {
    LedgerRequest request =
        new LedgerRequest("r-1", LedgerRequest.Kind.PROMOTE, null, null, "ana", null);

    assertThat(mapper.writeValueAsString(request))
        .isEqualTo("{\"requestId\":\"r-1\",\"kind\":\"promote\",\"requester\":\"ana\"}");
  }

  @Test
  void readsAStatusThatRailwayAddsAsUnknown() throws Exception {
    Deployment deployment =
        mapper.readValue("{\"id\":\"d-1\",\"status\":\"hibernating\"}", Deployment.class);

    assertThat(deployment.status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  void refusesAWordThatHasNoDefault() {
    assertThatThrownBy(() -> mapper.readValue("{\"kind\":\"teleport\"}", LedgerRequest.class))
        .isInstanceOf(InvalidFormatException.class);
  }
}
