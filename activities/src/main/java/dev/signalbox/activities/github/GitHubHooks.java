package dev.signalbox.activities.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * A repository's webhooks and what became of their deliveries.
 *
 * @see <a href="https://docs.github.com/rest/repos/webhooks">Repository webhooks</a>
 */
public final class GitHubHooks {
  private final GitHubHttp http;
  private final GitHubApi api;

  /**
   * @param base {@code https://api.github.com}, or a GitHub Enterprise's {@code …/api/v3}
   */
  public GitHubHooks(URI base, Secret token, Clock clock) {
    this.http = new GitHubHttp(base, token, clock);
    this.api = http.api();
  }

  /** The first hundred. */
  public List<Hook> hooks(Repository in) {
    return http.call("list webhooks", api.hooks(in.owner(), in.name()));
  }

  /** Its deliveries from a moment on, the newest first; GitHub keeps three days of them. */
  public List<Delivery> deliveries(Repository in, long hook, Instant since) {
    return http
        .pages(
            "list deliveries of webhook " + hook,
            api.deliveries(in.owner(), in.name(), hook),
            new TypeReference<List<Delivery>>() {},
            page -> page.isEmpty() || page.get(page.size() - 1).deliveredAt().isBefore(since))
        .stream()
        .flatMap(List::stream)
        .filter(delivery -> !delivery.deliveredAt().isBefore(since))
        .toList();
  }

  public void redeliver(Repository in, long hook, long delivery) {
    http.call(
        "send delivery " + delivery + " once more",
        api.redeliver(in.owner(), in.name(), hook, delivery));
  }

  /** A place that GitHub sends events to. */
  public record Hook(long id, boolean active, Config config) {
    public record Config(String url) {}
  }

  /**
   * One attempt to deliver an event.
   *
   * @param guid of the event, the same for every attempt
   * @param statusCode of the answer; 502 and the like where there was none
   */
  public record Delivery(
      long id,
      String guid,
      @JsonProperty("delivered_at") Instant deliveredAt,
      @JsonProperty("status_code") int statusCode,
      String event) {
    public boolean taken() {
      return statusCode / 100 == 2;
    }
  }
}
