package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.railway.RailwayVariables.VariableName;
import dev.signalbox.workflows.policy.Pipeline.Home;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What a service is given in an environment, with its values: for the one use that needs them, and
 * then forgotten. References to other services stand in them as Railway has resolved them.
 */
public final class ServiceVariables {
  private final RailwayClients clients;

  public ServiceVariables(RailwayClients clients) {
    this.clients = clients;
  }

  /**
   * The values of one service.
   *
   * @param sealed names of those that Railway shows to nobody
   */
  public record Values(Map<String, String> values, Set<String> sealed) {
    public Values {
      values = Map.copyOf(values);
      sealed = Set.copyOf(sealed);
    }

    /** Without any value. */
    @Override
    public String toString() {
      return "variables " + values.keySet();
    }
  }

  /**
   * @param environment its name at Railway
   * @param service its name at Railway
   * @throws ApiException {@code NOT_FOUND} without the environment or the service
   */
  public Values read(Home home, String environment, String service) {
    RailwayClient railway = clients.by(home.token());
    List<String> others = new ArrayList<>();
    RailwayEnvironment found =
        railway
            .environment(home.project(), environment, null, others::add)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "Railway: project "
                            + home.project()
                            + " has no environment named "
                            + environment
                            + "; it has "
                            + String.join(", ", others)
                            + "; check the name in signalbox.toml and what the token may see"));
    String serviceId =
        found.instances().stream()
            .filter(instance -> service.equals(instance.serviceName()))
            .map(RailwayEnvironment.Instance::serviceId)
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "Railway: environment "
                            + environment
                            + " has no service named "
                            + service
                            + "; check `service` under [migrations], and `railway` of that"
                            + " service"));
    RailwayVariables variables = railway.variables();
    return new Values(
        variables.values(home.project(), found.id(), serviceId),
        variables.names(found.id()).stream()
            .filter(VariableName::isSealed)
            .filter(name -> name.serviceId() == null || name.serviceId().equals(serviceId))
            .map(VariableName::name)
            .collect(Collectors.toSet()));
  }

  /**
   * Sets, in each service of a preview, what becomes of its values; nothing is deployed for that.
   *
   * @param mark that the environment must carry: no other one is touched
   * @param wanted is given a service's name and its values, and answers them as they shall be
   * @throws ApiException {@code REJECTED} where the mark is another one
   */
  public void change(
      Home home,
      String environment,
      String mark,
      BiFunction<String, Map<String, String>, Map<String, String>> wanted) {
    RailwayClient railway = clients.by(home.token());
    RailwayEnvironment found =
        railway
            .environment(home.project(), environment)
            .orElseThrow(
                () -> ApiException.notFound("Railway: there is no environment " + environment));
    if (!railway.environments().mark(home.project(), found.id()).orElse("").equals(mark)) {
      throw ApiException.rejected(
          "environment " + environment + " is not that of this preview, so nothing is set there");
    }
    for (RailwayEnvironment.Instance instance : found.instances()) {
      Map<String, String> values =
          railway.variables().values(home.project(), found.id(), instance.serviceId());
      Map<String, String> changed =
          new HashMap<>(wanted.apply(instance.serviceName(), Map.copyOf(values)));
      changed.entrySet().removeIf(one -> Objects.equals(one.getValue(), values.get(one.getKey())));
      if (!changed.isEmpty()) {
        railway.environments().set(home.project(), found.id(), instance.serviceId(), changed);
      }
    }
  }
}
