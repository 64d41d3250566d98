package dev.signalbox.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {
  private final List<String> obstacles = new ArrayList<>();
  private boolean alive = true;
  private final Metrics metrics = new Metrics();
  private final Health health =
      new Health() {
        @Override
        public boolean alive() {
          return alive;
        }

        @Override
        public List<String> obstacles() {
          return obstacles;
        }
      };

  private final OpsServer server = OpsServer.start(0, health, metrics);

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  @Test
  void isReadyWhenNothingStandsInTheWay() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).isEqualTo("ready\n");
  }

  @Test
  void namesWhatStandsInTheWay() throws Exception {
    obstacles.add("the engine at 127.0.0.1:7233 does not answer");

    HttpResponse<String> answer = get("/readyz");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("the engine at 127.0.0.1:7233 does not answer");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhenItHasStopped() throws Exception {
    alive = false;

    assertThat(get("/healthz").statusCode()).isEqualTo(503);
  }

  @Test
  void namesTheVariableWhereAnotherProcessHasThePort() {
    assertThatThrownBy(() -> OpsServer.start(server.port(), health, metrics).close())
        .isInstanceOfSatisfying(
            TroubleException.class,
            taken -> {
              assertThat(taken.trouble().code()).isEqualTo(Trouble.USAGE);
              assertThat(taken.trouble().sentence())
                  .contains("127.0.0.1:" + server.port(), "SIGNALBOX_OPS_PORT");
            });
  }

  @Test
  void countsInPrometheusFormat() throws Exception {
    metrics.registry().counter("signalbox_promotions", "result", "live").increment();

    assertThat(get("/metrics").body()).contains("signalbox_promotions_total{result=\"live\"} 1.0");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
