package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.gateway.Keeper.Kept;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FirstCommandTest {
  private static final Optional<Secret> KEY = Optional.of(new Secret("the-key-of-the-gateway"));

  private final List<SpokenWords> kept = new CopyOnWriteArrayList<>();
  private final SlackPlace place =
      new SlackPlace(null, URI.create("http://127.0.0.1:1"), KEY, Clock.systemUTC());

  @Test
  void goesTheWholeWayOfACommandBeforeAnybodySpeaks() {
    Keeper reach =
        words -> {
          kept.add(words);
          return CompletableFuture.completedFuture(Kept.KNOWN);
        };

    assertThat(new FirstCommand("inspector", place, reach, KEY, Clock.systemUTC()).say())
        .contains(200);
    assertThat(kept).singleElement().extracting(SpokenWords::text).isEqualTo("status");
  }

  @Test
  void keepsNoGatewayFromOpeningWhereItFails() {
    Keeper broken =
        words -> {
          throw new IllegalStateException("no engine");
        };

    assertThat(new FirstCommand("inspector", place, broken, KEY, Clock.systemUTC()).say())
        .contains(500);
  }
}
