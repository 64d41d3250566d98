package dev.signalbox.activities.railway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was read stays known, and what failed is asked again. For one thread. */
final class RememberedVariables extends RailwayVariables {
  private final Map<String, List<EnvironmentMarks>> marks = new HashMap<>();
  private final Map<List<String>, List<String>> addresses = new HashMap<>();
  private final Map<String, List<VariableName>> names = new HashMap<>();
  private final Map<List<String>, Map<String, String>> values = new HashMap<>();

  RememberedVariables(RailwayGraphQl graph) {
    super(graph);
  }

  @Override
  List<EnvironmentMarks> marks(String project) {
    return marks.computeIfAbsent(project, super::marks);
  }

  @Override
  List<String> tcpAddresses(String environmentId, String serviceId) {
    return addresses.computeIfAbsent(
        List.of(environmentId, serviceId), any -> super.tcpAddresses(environmentId, serviceId));
  }

  @Override
  List<VariableName> names(String environmentId) {
    return names.computeIfAbsent(environmentId, super::names);
  }

  @Override
  Map<String, String> values(String project, String environmentId, String serviceId) {
    return values.computeIfAbsent(
        List.of(project, environmentId, serviceId),
        any -> super.values(project, environmentId, serviceId));
  }
}
