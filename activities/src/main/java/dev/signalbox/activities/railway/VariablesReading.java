package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.railway.RailwayEnvironment.Domain;
import dev.signalbox.activities.railway.RailwayVariables.EnvironmentMarks;
import dev.signalbox.activities.railway.RailwayVariables.VariableName;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.VariablesState;
import dev.signalbox.workflows.railway.VariablesState.Elsewhere;
import dev.signalbox.workflows.railway.VariablesState.ServiceVariables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads which variables the services have, and which of them lead to another environment: their
 * value names its id, or the id or address of something in it, in whichever Railway project that
 * is. Values are looked at here and go nowhere. A private address is no mark: it is of the same
 * name in every environment, and is reached from within its own only.
 */
final class VariablesReading {
  /**
   * Only where a value has one of these is it worth a call for every service elsewhere. A private
   * host stands in almost every address of a database.
   */
  private static final Pattern PUBLIC_HOST_AND_PORT =
      Pattern.compile(
          "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+(?<!\\.railway\\.internal):[0-9]{1,5}(?![0-9])");

  private final RailwayVariables railway;
  private final String project;
  private final String environmentId;
  private final List<Home> others;
  private final Function<String, RailwayVariables> byToken;
  private final Predicate<EnvironmentMarks> considered;
  private final List<String> unread = new ArrayList<>();

  /**
   * @param others the other Railway projects that the configuration names
   * @param byToken who reads them, by the name of the token's variable
   */
  VariablesReading(
      RailwayVariables railway,
      String project,
      String environmentId,
      List<Home> others,
      Function<String, RailwayVariables> byToken) {
    this(railway, project, environmentId, others, byToken, any -> true);
  }

  private VariablesReading(
      RailwayVariables railway,
      String project,
      String environmentId,
      List<Home> others,
      Function<String, RailwayVariables> byToken,
      Predicate<EnvironmentMarks> considered) {
    this.railway = railway;
    this.project = project;
    this.environmentId = environmentId;
    this.others = List.copyOf(others);
    this.byToken = byToken;
    this.considered = considered;
  }

  /** The same, where of the project's environments only these count. */
  VariablesReading among(Predicate<EnvironmentMarks> these) {
    return new VariablesReading(railway, project, environmentId, others, byToken, these);
  }

  VariablesState read(List<ServiceState> services) {
    Map<ServiceState, Map<String, String>> values = new LinkedHashMap<>();
    services.forEach(
        service ->
            values.put(service, railway.values(project, environmentId, service.serviceId())));
    boolean addresses =
        values.values().stream()
            .flatMap(all -> all.values().stream())
            .anyMatch(VariablesReading::mayBeAProxy);
    Map<Pattern, String> marks = marksOfOthers(addresses);
    List<VariableName> names = railway.names(environmentId);
    return new VariablesState(
        services.stream()
            .map(service -> variables(service, values.get(service), names, marks))
            .toList(),
        unread);
  }

  static boolean mayBeAProxy(String value) {
    return PUBLIC_HOST_AND_PORT.matcher(value).find();
  }

  /** Pattern of a mark to the name of its environment; what ours has as well is no mark. */
  private Map<Pattern, String> marksOfOthers(boolean addresses) {
    List<EnvironmentMarks> environments =
        railway.marks(project).stream().filter(considered).toList();
    Set<String> ours = new TreeSet<>();
    environments.stream()
        .filter(environment -> environment.id().equals(environmentId))
        .forEach(environment -> marks(environment).forEach(ours::add));
    Map<Pattern, String> marks = new LinkedHashMap<>();
    environments.stream()
        .filter(environment -> !environment.id().equals(environmentId))
        .forEach(environment -> addNeighbour(marks, environment, ours, addresses));
    others.forEach(other -> add(marks, other, ours, addresses));
    return marks;
  }

  /** Unknown is no: what cannot be read there is said, and the gate is not met. */
  private void add(Map<Pattern, String> marks, Home other, Set<String> ours, boolean addresses) {
    try {
      RailwayVariables elsewhere = byToken.apply(other.token());
      elsewhere
          .marks(other.project())
          .forEach(environment -> add(marks, environment, ours, elsewhere, addresses));
    } catch (ApiException away) {
      unread.add("Railway project " + other.project() + ": " + away.getMessage());
    }
  }

  /** The token of one environment may not show the proxies of the others. */
  private void addNeighbour(
      Map<Pattern, String> marks,
      EnvironmentMarks environment,
      Set<String> ours,
      boolean addresses) {
    try {
      add(marks, environment, ours, railway, addresses);
    } catch (ApiException refusal) {
      if (!refusal.is(Kind.REJECTED) && !refusal.is(Kind.NOT_FOUND)) {
        throw refusal;
      }
      unread.add("environment " + environment.name() + ": " + refusal.getMessage());
    }
  }

  private static void add(
      Map<Pattern, String> marks,
      EnvironmentMarks environment,
      Set<String> ours,
      RailwayVariables railway,
      boolean addresses) {
    Stream<String> proxies =
        addresses
            ? environment.serviceInstances().nodes().stream()
                .flatMap(
                    instance ->
                        railway.tcpAddresses(environment.id(), instance.serviceId()).stream())
            : Stream.empty();
    Stream.concat(marks(environment), proxies)
        .filter(mark -> !ours.contains(mark))
        .forEach(mark -> marks.put(asWhole(mark), environment.name()));
  }

  private static Stream<String> marks(EnvironmentMarks environment) {
    return Stream.concat(
        Stream.of(environment.id()),
        environment.serviceInstances().nodes().stream()
            .flatMap(
                instance ->
                    Stream.concat(
                        Stream.ofNullable(instance.id()),
                        Stream.ofNullable(instance.domains())
                            .flatMap(
                                domains ->
                                    Stream.concat(
                                        domains.customDomains().stream(),
                                        domains.serviceDomains().stream()))
                            .map(Domain::domain))));
  }

  /** Not as a part of a longer name: {@code api.example.com} is not {@code my-api.example.com}. */
  static Pattern asWhole(String mark) {
    return Pattern.compile(
        "(?<![A-Za-z0-9.-])" + Pattern.quote(mark) + "(?![A-Za-z0-9-]|\\.[A-Za-z0-9])",
        Pattern.CASE_INSENSITIVE);
  }

  private ServiceVariables variables(
      ServiceState service,
      Map<String, String> values,
      List<VariableName> names,
      Map<Pattern, String> marks) {
    Set<String> all = new TreeSet<>(values.keySet());
    names.stream()
        .filter(name -> name.isSealed() && service.serviceId().equals(name.serviceId()))
        .map(VariableName::name)
        .forEach(all::add);
    List<String> empty = new ArrayList<>();
    List<Elsewhere> elsewhere = new ArrayList<>();
    all.forEach(
        name -> {
          String value = values.get(name);
          if (value == null) {
            return; // Sealed: there, and not to be read.
          }
          if (value.isBlank()) {
            empty.add(name);
          }
          marks.entrySet().stream()
              .filter(mark -> mark.getKey().matcher(value).find())
              .map(Map.Entry::getValue)
              .distinct()
              .forEach(environment -> elsewhere.add(new Elsewhere(name, environment)));
        });
    return new ServiceVariables(service.railway(), List.copyOf(all), empty, elsewhere);
  }
}
