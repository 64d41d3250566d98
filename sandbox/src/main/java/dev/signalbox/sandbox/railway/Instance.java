package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.running.Proxy;

/** A service in an environment: its id, and the steady address that its releases share. */
public record Instance(
    String id, EnvironmentSettings environment, ServiceSettings service, Proxy proxy) {
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
}
