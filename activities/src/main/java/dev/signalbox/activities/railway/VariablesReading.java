package dev.signalbox.activities.railway;

import dev.signalbox.activities.railway.RailwayEnvironment.Domain;
import dev.signalbox.activities.railway.RailwayVariables.EnvironmentMarks;
import dev.signalbox.activities.railway.RailwayVariables.VariableName;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.railway.VariablesState;
import dev.signalbox.workflows.railway.VariablesState.Elsewhere;
import dev.signalbox.workflows.railway.VariablesState.ServiceVariables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads which variables the services have, and which of them lead to another environment: their
 * value names its id, or the id or address of something in it. Values are looked at here and go
 * nowhere.
 */
final class VariablesReading {
  private final RailwayVariables railway;
  private final String project;
  private final String environmentId;

  VariablesReading(RailwayVariables railway, String project, String environmentId) {
    this.railway = railway;
    this.project = project;
    this.environmentId = environmentId;
  }

  VariablesState read(List<ServiceState> services) {
    Map<Pattern, String> marks = marksOfOthers();
    List<VariableName> names = railway.names(environmentId);
    return new VariablesState(
        services.stream().map(service -> variables(service, names, marks)).toList());
  }

  /** Pattern of a mark to the name of its environment; what ours has as well is no mark. */
  private Map<Pattern, String> marksOfOthers() {
    List<EnvironmentMarks> environments = railway.marks(project);
    Set<String> ours = new TreeSet<>();
    environments.stream()
        .filter(environment -> environment.id().equals(environmentId))
        .forEach(environment -> marks(environment).forEach(ours::add));
    Map<Pattern, String> others = new LinkedHashMap<>();
    environments.stream()
        .filter(environment -> !environment.id().equals(environmentId))
        .forEach(
            environment ->
                marks(environment)
                    .filter(mark -> !ours.contains(mark))
                    .forEach(mark -> others.put(asWhole(mark), environment.name())));
    return others;
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
  private static Pattern asWhole(String mark) {
    return Pattern.compile(
        "(?<![A-Za-z0-9.-])" + Pattern.quote(mark) + "(?![A-Za-z0-9-]|\\.[A-Za-z0-9])",
        Pattern.CASE_INSENSITIVE);
  }

  private ServiceVariables variables(
      ServiceState service, List<VariableName> names, Map<Pattern, String> marks) {
    Map<String, String> values = railway.values(project, environmentId, service.serviceId());
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
