package dev.signalbox.workers.engine;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

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

  /** What Temporal's settings name; empty when they name no address. */
  public static Optional<EngineAddress> ofSettings(Map<String, String> environment) {
    ClientConfigProfile profile = profile(environment);
    if (profile.getAddress() == null || profile.getAddress().isEmpty()) {
      return Optional.empty();
    }
    String origin =
        environment.containsKey("TEMPORAL_ADDRESS") ? "TEMPORAL_ADDRESS" : "Temporal's profile";
    return Optional.of(of(profile, profile.getAddress(), profile.getNamespace(), origin));
  }

  /** This address with whatever else Temporal's settings say. */
  public static EngineAddress named(
      String address, String origin, Map<String, String> environment) {
    ClientConfigProfile profile = profile(environment);
    return of(profile, address, profile.getNamespace(), origin);
  }

  /** A server on this machine that asks for no credentials. */
  public static EngineAddress local(String address, String namespace, String origin) {
    return of(
        ClientConfigProfile.newBuilder().setAddress(address).build(), address, namespace, origin);
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
