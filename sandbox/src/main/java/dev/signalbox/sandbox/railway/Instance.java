package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.running.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A service in an environment: its id, and the steady address that its releases share.
 *
 * @param config Railway's {@code build} and {@code deploy} settings that somebody changed
 */
public record Instance(
    String id,
    Environment environment,
    ServiceSettings service,
    Proxy proxy,
    Instant createdAt,
    Map<String, Object> config) {
  /** The steady address, as {@code http://127.0.0.1:Q}. */
  public String url() {
    return "http://" + host();
  }

  String host() {
    return "127.0.0.1:" + proxy.port();
  }

  String path(String file) {
    return service.directory().isEmpty() ? file : service.directory() + "/" + file;
  }

  boolean is(String environmentName, String serviceName) {
    return environment.name().equals(environmentName) && service.name().equals(serviceName);
  }

  boolean in(String environmentId) {
    return environment.id().equals(environmentId);
  }

  List<String> watchPatterns() {
    return config.get("watchPatterns") instanceof List<?> patterns
        ? patterns.stream().map(String::valueOf).toList()
        : service.watch();
  }

  Instance in(Environment changed) {
    return new Instance(id, changed, service, proxy, createdAt, config);
  }

  Instance with(Map<String, Object> changed) {
    return new Instance(id, environment, service, proxy, createdAt, changed);
  }
}
