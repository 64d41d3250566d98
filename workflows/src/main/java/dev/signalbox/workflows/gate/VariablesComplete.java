package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.railway.VariablesState;
import dev.signalbox.workflows.railway.VariablesState.Elsewhere;
import dev.signalbox.workflows.railway.VariablesState.ServiceVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The variables that a release needs are there in the target, and no variable of its services leads
 * to another environment. Judged by their names: no value comes this far.
 */
record VariablesComplete(List<String> required) implements Gate {
  private static final String NAME = "variables";

  @Override
  public GateResult judge(Facts facts) {
    if (required.isEmpty()) {
      return GateResult.met(NAME, "no variables are required");
    }
    if (facts.target() == null || facts.target().variables() == null) {
      return Gates.unread(NAME, "Railway", facts);
    }
    VariablesState variables = facts.target().variables();
    List<String> wrong = new ArrayList<>();
    for (String name : required) {
      List<ServiceVariables> holders =
          variables.services().stream().filter(service -> service.names().contains(name)).toList();
      if (holders.isEmpty()) {
        wrong.add(name + " is missing");
      }
      for (ServiceVariables service : holders) {
        if (service.empty().contains(name)) {
          wrong.add(name + " of " + service.railway() + " is empty");
        }
      }
    }
    variables.services().stream()
        .flatMap(service -> service.elsewhere().stream().map(one -> leads(one, service)))
        .forEach(wrong::add);
    if (wrong.isEmpty() && !variables.unread().isEmpty()) {
      return GateResult.waiting(
          NAME,
          "whether a variable leads to another environment is not known: "
              + String.join("; ", variables.unread()),
          null,
          "Railway");
    }
    return wrong.isEmpty()
        ? GateResult.met(
            NAME, required.stream().map(name -> where(name, variables)).collect(list()))
        : GateResult.failed(NAME, wrong.stream().collect(list()), "operators");
  }

  private static String leads(Elsewhere one, ServiceVariables service) {
    return one.name() + " of " + service.railway() + " leads to " + one.environment();
  }

  private static String where(String name, VariablesState variables) {
    return name
        + " ("
        + variables.services().stream()
            .filter(service -> service.names().contains(name))
            .map(ServiceVariables::railway)
            .collect(list())
        + ")";
  }

  private static Collector<CharSequence, ?, String> list() {
    return Collectors.joining(", ");
  }
}
