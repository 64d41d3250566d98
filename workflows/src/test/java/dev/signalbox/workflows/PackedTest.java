package dev.signalbox.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.MonitorActivities.RoundOrder;
import dev.signalbox.workflows.monitor.MonitorActivities.WatchOrder;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int BLOB_LIMIT = 2 * 1024 * 1024;

  @Test
  void holdsTheWatchOfTenThousandServicesInOneMessage() {
    WatchOrder order = order(10_000);

    Payload payload = WireFormat.converter().toPayload(order).orElseThrow();

    assertThat(payload.getSerializedSize()).isLessThan(BLOB_LIMIT / 2);
    assertThat(WireFormat.converter().fromPayload(payload, WatchOrder.class, WatchOrder.class))
        .isEqualTo(order);
  }

  @Test
  void leavesAListThatPeopleReadAsItIs() {
    Payload payload = WireFormat.converter().toPayload(order(500)).orElseThrow();

    assertThat(payload.getData().toStringUtf8()).contains("\"check\":\"service-499\"");
    assertThat(WireFormat.converter().fromPayload(payload, WatchOrder.class, WatchOrder.class))
        .isEqualTo(order(500));
  }

  private static WatchOrder order(int services) {
    Random random = new Random(7);
    List<Check> checks = IntStream.range(0, services).mapToObj(PackedTest::check).toList();
    List<Standing> standings =
        checks.stream()
            .map(check -> Standing.unknown(check, NOW).after(look(random), Rules.DEFAULTS))
            .toList();
    return new WatchOrder(
        new RoundOrder("inspector", "production", checks, standings, Rules.DEFAULTS, List.of()),
        1,
        NOW);
  }

  private static Check check(int number) {
    String name = "service-" + number;
    Target target =
        new Target(
            name, "https://" + name + ".example", "/health", null, Map.of(), EVERY, null, 0, null);
    return new Check(name, name, Kind.HEALTH, target, EVERY, null, List.of());
  }

  private static Look look(Random random) {
    return new Look(
        State.UP,
        "2xx from /health",
        "200",
        NOW.plusNanos(random.nextInt(1_000_000_000)),
        Duration.ofNanos(random.nextInt(1_000_000_000)));
  }
}
