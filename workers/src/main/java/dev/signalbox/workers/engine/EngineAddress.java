package dev.signalbox.workers.engine;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an engine is and how one is let in: Temporal's own settings (environment variables and
 * profile file), with an address that may come from elsewhere.
 *
 * @param origin who named the address, for messages
 */
public record EngineAddress(
    String address,
    String namespace,
    String origin,
    WorkflowServiceStubsOptions stubs,
    WorkflowClientOptions client) {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(dns:///)?(\\[[0-9A-Fa-f:.]+]|[^\\s:/\\[\\]]+):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  /**
   * What Temporal's settings name; empty when they name no address.
   *
   * @throws TroubleException exit 2, when it is no host with a port
   */
  public static Optional<EngineAddress> ofSettings(Map<String, String> environment) {
    ClientConfigProfile profile = profile(environment);
    if (profile.getAddress() == null || profile.getAddress().isEmpty()) {
      return Optional.empty();
    }
    String origin =
        environment.containsKey("TEMPORAL_ADDRESS") ? "TEMPORAL_ADDRESS" : "Temporal's profile";
    return Optional.of(
        of(profile, checked(profile.getAddress(), origin), profile.getNamespace(), origin));
  }

  /**
   * This address with whatever else Temporal's settings say.
   *
   * @throws TroubleException exit 2, when it is no host with a port
   */
  public static EngineAddress named(
      String address, String origin, Map<String, String> environment) {
    ClientConfigProfile profile = profile(environment);
    return of(profile, checked(address, origin), profile.getNamespace(), origin);
  }

  /** A server on this machine that asks for no credentials. */
  public static EngineAddress local(String address, String namespace, String origin) {
    return of(
        ClientConfigProfile.newBuilder().setAddress(address).build(), address, namespace, origin);
  }

  /** Without this a missing port would show only as an engine that never answers. */
  private static String checked(String address, String origin) {
    Matcher parts = HOST_AND_PORT.matcher(address);
    boolean good = parts.matches() && portExists(Integer.parseInt(parts.group(3)));
    if (!good) {
      throw new TroubleException(
          Trouble.usage(
              "Reading the engine's address that " + origin + " gives",
              address,
              "it is no host with a port",
              "Write HOST:PORT with a port from 1 to 65535, for instance 127.0.0.1:7233."));
    }
    return address;
  }

  private static boolean portExists(int port) {
    return port >= 1 && port <= LAST_PORT;
  }

  private static EngineAddress of(
      ClientConfigProfile profile, String address, String namespace, String origin) {
    String space = namespace == null || namespace.isEmpty() ? "default" : namespace;
    ClientConfigProfile complete =
        profile.toBuilder().setAddress(address).setNamespace(space).build();
    return new EngineAddress(
        address,
        space,
        origin,
        complete.toWorkflowServiceStubsOptions(),
        complete.toWorkflowClientOptions());
  }

  private static ClientConfigProfile profile(Map<String, String> environment) {
    try {
      return ClientConfigProfile.load(
          LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Temporal's profile file: " + unreadable, unreadable);
    }
  }
}
