package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayEnvironments.Listed;
import dev.signalbox.activities.railway.RailwayEnvironments.Listing;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.preview.SlotAnswer;
import dev.signalbox.workflows.preview.SlotRequest;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes one environment, from wherever an earlier attempt left it: looked for, made, marked, rid of
 * the triggers that it has from its base. An attempt that runs on beside its successor makes no
 * second one: Railway refuses the name.
 */
final class EnvironmentMaking {
  /** Railway's own command line waits so long for a copy. */
  private static final Duration LONGEST_CREATION = Duration.ofSeconds(90);

  /** Between Railway's clock and the engine's. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private final RailwayClients clients;
  private final RailwayClient railway;
  private final RailwayEnvironments environments;
  private final String serviceScheme;
  private final EnsureOrder order;
  private final CreationSlots slots;
  private final Pace pace;
  private final BaseSafety safety;

  EnvironmentMaking(
      RailwayClients clients,
      String serviceScheme,
      EnsureOrder order,
      CreationSlots slots,
      Pace pace) {
    this.clients = clients;
    this.railway = clients.by(order.token());
    this.environments = railway.environments();
    this.serviceScheme = serviceScheme;
    this.order = order;
    this.slots = slots;
    this.pace = pace;
    this.safety = new BaseSafety(clients, railway, order);
  }

  Ensured carryOut() {
    Listing there = environments.list(order.railwayProject());
    return new RailwaysOwn(clients, serviceScheme, order, pace)
        .instead(there)
        .orElseGet(() -> ours(there.all()));
  }

  private Ensured ours(List<Listed> all) {
    Listed base =
        named(all, order.base())
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "Railway: project "
                            + order.railwayProject()
                            + " has no environment named "
                            + order.base()
                            + ", which [previews] base names; next: check the name and what the"
                            + " token may see"));
    Renamed renamed = new Renamed(environments, order, all);
    Optional<Listed> there = renamed.mine().or(() -> named(all, order.name()));
    if (there.isEmpty()) {
      // Its turn first: a look at the base costs many calls, and most of a hundred have to wait.
      SlotRequest request = request(all, renamed);
      SlotAnswer slot = slot(request);
      if (slot.kind() == SlotAnswer.Kind.FULL) {
        return Ensured.full(slot.message());
      }
      List<String> obstacles = safety.obstacles(base.id());
      if (!obstacles.isEmpty()) {
        number().ifPresent(number -> slots.freed(order.project(), number));
        return Ensured.refused(obstacles);
      }
      slot = slot(request.beginning());
      if (slot.kind() == SlotAnswer.Kind.FULL) {
        return Ensured.full(slot.message());
      }
      there = Optional.of(made(base));
    }
    Optional<String> foreign = foreign(there.get(), base);
    if (foreign.isPresent()) {
      return Ensured.refused(List.of(foreign.get()));
    }
    Ensured ensured = new Ensured(prepared(there.get(), base), null, safety.sealed(base.id()));
    String name = there.get().name();
    return name.equals(order.name()) ? ensured : ensured.called(name);
  }

  private SlotRequest request(List<Listed> all, Renamed renamed) {
    return new SlotRequest(
        number().orElse(0),
        all.stream().filter(Listed::marked).map(Listed::name).toList(),
        renamed.numbers());
  }

  /** Granted, or full; who has to wait fails with the time at which to ask again. */
  private SlotAnswer slot(SlotRequest request) {
    SlotAnswer answer = slots.ask(order.project(), request);
    if (answer.kind() == SlotAnswer.Kind.LATER) {
      throw ApiException.later(
          "environment " + order.name() + " waits for its turn: " + answer.message(),
          answer.after());
    }
    return answer;
  }

  private OptionalInt number() {
    return PreviewEnvWorkflow.number(order.project(), order.mark());
  }

  private static Optional<Listed> named(List<Listed> all, String name) {
    return all.stream().filter(one -> name.equals(one.name())).findFirst();
  }

  private Listed made(Listed base) {
    try {
      environments.create(
          order.railwayProject(), order.name(), base, pace.now().plus(LONGEST_CREATION));
    } catch (ApiException refusal) {
      // An earlier attempt was late: what it made is looked at like any other.
      if (!RailwayEnvironments.taken(refusal)) {
        throw refusal;
      }
    }
    return named(environments.all(order.railwayProject()), order.name())
        .orElseThrow(
            () ->
                ApiException.unavailable(
                    "Railway accepted to make environment "
                        + order.name()
                        + " and does not list it yet"));
  }

  /** Why the one of this name is not ours; empty = it is. */
  private Optional<String> foreign(Listed there, Listed base) {
    if (there.marked()) {
      String mark = environments.mark(order.railwayProject(), there.id()).orElse("");
      return mark.equals(order.mark())
          ? Optional.empty()
          : Optional.of(
              "environment "
                  + order.name()
                  + " belongs to "
                  + mark
                  + "; give [previews] name"
                  + " another pattern, two projects share this one");
    }
    boolean halfMade =
        there.isEphemeral()
            && there.pullNumber() == null
            && there.copiedFrom(base)
            && there.createdAt() != null
            && there.createdAt().isAfter(order.since().minus(CLOCKS));
    return halfMade
        ? Optional.empty()
        : Optional.of(
            "environment "
                + order.name()
                + " is there and was not made by Signalbox, so it is not touched; rename or remove"
                + " it, or give [previews] name another pattern");
  }

  private EnvironmentState prepared(Listed ours, Listed base) {
    if (!ours.marked()) {
      environments.mark(order.railwayProject(), ours.id(), order.mark());
    }
    new SiblingAddresses(railway.variables(), environments, order.railwayProject())
        .lead(base.id(), ours.id());
    EnvironmentState state = read(ours.name());
    boolean triggered = false;
    for (ServiceState service : state.services()) {
      for (ServiceState.Trigger trigger : service.triggers()) {
        triggered = true;
        remove(ours.name(), trigger);
      }
    }
    return triggered ? read(ours.name()) : state;
  }

  /** Of its base's branch: what is pushed there has no business here. */
  private void remove(String environment, ServiceState.Trigger trigger) {
    try {
      railway.deleteTrigger(trigger.id());
    } catch (ApiException refusal) {
      // A trigger that is gone is refused like one that the token may not touch.
      boolean refused = refusal.is(Kind.NOT_FOUND) || refusal.is(Kind.REJECTED);
      if (!refused || stillThere(environment, trigger)) {
        throw refusal;
      }
    }
  }

  private boolean stillThere(String environment, ServiceState.Trigger trigger) {
    return read(environment).services().stream()
        .flatMap(service -> service.triggers().stream())
        .anyMatch(one -> one.id().equals(trigger.id()));
  }

  private EnvironmentState read(String environment) {
    return new EnvironmentReading(railway, serviceScheme, RailwayActivitiesImpl.RECENT)
        .read(
            new EnvironmentQuery(
                order.project(),
                order.railwayProject(),
                environment,
                order.services(),
                order.token()));
  }
}
