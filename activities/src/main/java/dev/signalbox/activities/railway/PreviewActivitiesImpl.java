package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.activities.railway.RailwayEnvironments.Listed;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.SurveyQuery;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PullOwner;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Environments of pull requests, with signs of life: to make one takes Railway its time. */
public final class PreviewActivitiesImpl implements PreviewActivities {
  private final RailwayClients clients;
  private final Set<String> projects;
  private final String serviceScheme;
  private final CreationSlots slots;
  private final Pace pace;
  private final PreviewTurns turns;

  /**
   * @param projects that this worker serves
   * @param serviceScheme of the services' addresses
   * @param slots who may make an environment now
   */
  public PreviewActivitiesImpl(
      RailwayClients clients,
      Set<String> projects,
      String serviceScheme,
      CreationSlots slots,
      Pace pace) {
    this.clients = clients;
    this.projects = Set.copyOf(projects);
    this.serviceScheme = serviceScheme;
    this.slots = slots;
    this.pace = pace;
    this.turns = new PreviewTurns(pace);
  }

  @Override
  public Ensured ensureEnvironment(EnsureOrder order) {
    // What has begun is brought to its end when it is called off: else it would be made unseen.
    return inTurn(
        order.project(),
        order.mark(),
        PreviewTurns.MAKING,
        PreviewActivitiesImpl::beatUncancelled,
        () -> new EnvironmentMaking(clients, serviceScheme, order, slots, pace).carryOut());
  }

  @Override
  public Removed removeEnvironment(RemoveOrder order) {
    return inTurn(
        order.project(),
        order.mark(),
        PreviewTurns.REMOVING,
        PreviewActivitiesImpl::beat,
        () -> {
          Removed removed =
              new EnvironmentRemoval(clients.by(order.token()).environments(), order, pace)
                  .carryOut();
          if (removed.there()) {
            PreviewEnvWorkflow.number(order.project(), order.mark())
                .ifPresent(number -> slots.freed(order.project(), number));
          }
          return removed;
        });
  }

  @Override
  public Environments listEnvironments(ListQuery query) {
    return attended(
        query.project(),
        () -> {
          RailwayEnvironments environments = clients.by(query.token()).environments();
          return new Environments(
              environments.all(query.railwayProject()).stream()
                  .map(
                      one ->
                          new Known(
                              one.id(),
                              one.name(),
                              one.isEphemeral(),
                              one.marked(),
                              one.pullNumber(),
                              one.createdAt(),
                              renamed(environments, query, one)))
                  .toList());
        });
  }

  /** Of one that a person renamed only the mark says whose it is; null = it is none. */
  private static Integer renamed(RailwayEnvironments environments, ListQuery query, Listed one) {
    if (query.rule() == null || !one.marked() || query.rule().number(one.name()).isPresent()) {
      return null;
    }
    OptionalInt owner =
        PreviewEnvWorkflow.number(
            query.project(), environments.mark(query.railwayProject(), one.id()).orElse(""));
    return owner.isPresent() ? owner.getAsInt() : null;
  }

  /** Those that are previews by their name or their mark, of which the latter counts. */
  public List<Found> found(SurveyQuery query) {
    return Failures.mapped(
        () -> {
          RailwayEnvironments environments = clients.by(query.token()).environments();
          List<Listed> all = environments.all(query.railwayProject());
          Optional<Listed> base =
              all.stream().filter(one -> one.name().equals(query.policy().base())).findFirst();
          return all.stream()
              .flatMap(one -> found(environments, query, one, base).stream())
              .toList();
        });
  }

  private static Optional<Found> found(
      RailwayEnvironments environments, SurveyQuery query, Listed one, Optional<Listed> base) {
    if (query.policy().railways()) {
      return railwaysOwn(query, one, one.isEphemeral());
    }
    Optional<Found> railways = one.marked() ? Optional.empty() : railwaysOwn(query, one, false);
    if (railways.isPresent()) {
      return railways;
    }
    OptionalInt named = query.policy().number(one.name());
    OptionalInt owner = one.marked() ? owner(environments, query, one, named) : OptionalInt.empty();
    return named.isEmpty() && owner.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Found(
                owner.orElseGet(named::getAsInt),
                one.id(),
                one.name(),
                owner.isPresent(),
                one.createdAt(),
                !one.marked()
                    && one.isEphemeral()
                    && one.pullNumber() == null
                    && base.filter(one::copiedFrom).isPresent()));
  }

  /** Of those that Railway makes it is Railway that says whose they are. */
  private static Optional<Found> railwaysOwn(SurveyQuery query, Listed one, boolean ours) {
    return one.pullNumber() != null
            && new PullOwner(query.policy().provider(), query.repository(), one.pullNumber())
                .meant(one.pullNumber(), one.pullRepository())
        ? Optional.of(
            new Found(one.pullNumber(), one.id(), one.name(), ours, one.createdAt(), false, true))
        : Optional.empty();
  }

  /** Whose it is by its mark; a name whose mark was read before says the same. */
  private static OptionalInt owner(
      RailwayEnvironments environments, SurveyQuery query, Listed one, OptionalInt named) {
    return named.isPresent() && query.known().contains(one.id())
        ? named
        : PreviewEnvWorkflow.number(
            query.project(), environments.mark(query.railwayProject(), one.id()).orElse(""));
  }

  private <T> T attended(String project, Supplier<T> work) {
    Waiting waiting = waiting(project, PreviewActivitiesImpl::beat);
    return Failures.mapped(() -> waiting.answer(work));
  }

  private <T> T inTurn(
      String project,
      String who,
      int cost,
      Consumer<ActivityExecutionContext> beat,
      Supplier<T> work) {
    Waiting waiting = waiting(project, beat);
    return Failures.mapped(() -> turns.when(who, cost, waiting, work));
  }

  private Waiting waiting(String project, Consumer<ActivityExecutionContext> beat) {
    Failures.requireServed(project, projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    return new Waiting(pace, () -> beat.accept(context));
  }

  private static void beat(ActivityExecutionContext context) {
    context.heartbeat(null);
  }

  private static void beatUncancelled(ActivityExecutionContext context) {
    try {
      context.heartbeat(null);
    } catch (ActivityCanceledException calledOff) {
      // The workflow waits for the end.
    }
  }
}
