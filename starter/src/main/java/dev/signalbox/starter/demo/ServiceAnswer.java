package dev.signalbox.starter.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a service itself says of how it is and what it runs. */
record ServiceAnswer(int status, String body) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Asks production's backend now. */
  static ServiceAnswer ofProduction(Stage stage) {
    return of(
        URI.create(stage.sandbox().serviceUrl(Stage.PRODUCTION, "backend") + "/api/health"), "");
  }

  /**
   * Asks somebody now.
   *
   * @param token empty = none is wanted
   */
  static ServiceAnswer of(URI address, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new ServiceAnswer(answer.statusCode(), answer.body());
    } catch (IOException silent) {
      throw new UncheckedIOException("asking " + address, silent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  /** The commit that it says it runs. */
  String version() {
    return at("/version");
  }

  /** What its database said against it. */
  String database() {
    return at("/database");
  }

  String at(String pointer) {
    try {
      JsonNode answer = new ObjectMapper().readTree(body);
      return answer.at(pointer).asText();
    } catch (JsonProcessingException otherwise) {
      return "";
    }
  }
}
