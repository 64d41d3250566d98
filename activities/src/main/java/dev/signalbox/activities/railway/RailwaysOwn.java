package dev.signalbox.activities.railway;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.activities.railway.RailwayEnvironments.Listed;
import dev.signalbox.activities.railway.RailwayEnvironments.Listing;
import dev.signalbox.workflows.policy.PreviewProvider;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.PullOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The environments that Railway itself makes for pull requests. They are found by the pull request
 * that Railway names in them and never by a name, which nothing documents; and nothing in them is
 * changed.
 */
final class RailwaysOwn {
  /** Railway begins at the pull request's webhook, which may reach it after us. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final String SETTING =
      "Railway's own PR environments (Project Settings → Environments)";

  private static final String BOTH =
      SETTING
          + " are switched on, so that this pull request would have two; switch them off, or say"
          + " provider = \"railway\" in [previews]";

  private final RailwayClients clients;
  private final RailwayClient railway;
  private final RailwayEnvironments environments;
  private final String serviceScheme;
  private final EnsureOrder order;
  private final Pace pace;

  RailwaysOwn(RailwayClients clients, String serviceScheme, EnsureOrder order, Pace pace) {
    this.clients = clients;
    this.railway = clients.by(order.token());
    this.environments = railway.environments();
    this.serviceScheme = serviceScheme;
    this.order = order;
    this.pace = pace;
  }

  /** What is answered instead of making one; empty = one is to be made. */
  Optional<Ensured> instead(Listing there) {
    PullOwner owner = order.pull();
    if (owner == null) {
      return Optional.empty();
    }
    if (owner.railway()) {
      return Optional.of(found(there));
    }
    Optional<Listed> own = there.all().stream().filter(this::meant).findFirst();
    if (own.isPresent()) {
      return Optional.of(conflict(hasOne(own.get())).called(own.get().name()));
    }
    return there.makesItsOwn() ? Optional.of(conflict(BOTH)) : Optional.empty();
  }

  private Ensured conflict(String why) {
    return order.pull().provider() == PreviewProvider.REFUSE
        ? Ensured.refused(List.of(why))
        : Ensured.waiting(why);
  }

  private static String hasOne(Listed own) {
    return "Railway has made "
        + own.name()
        + " for this pull request by itself; switch off "
        + SETTING
        + " and remove it, or say provider = \"railway\" in [previews]";
  }

  private Ensured found(Listing first) {
    Waiting waiting = new Waiting(pace, () -> {});
    Instant end = pace.now().plus(LONGEST);
    Listing there = first;
    List<Listed> own = there.all().stream().filter(this::meant).toList();
    while (own.isEmpty()) {
      if (!there.makesItsOwn()) {
        return Ensured.waiting(
            SETTING + " are switched off, and [previews] provider leaves it to them");
      }
      if (pace.now().isAfter(end)) {
        return Ensured.waiting(
            "Railway has made no environment for this pull request; it makes them for members of"
                + " the workspace who have linked GitHub, and for bots where that is switched on");
      }
      waiting.until(pace.now().plus(PAUSE));
      there = environments.list(order.railwayProject());
      own = there.all().stream().filter(this::meant).toList();
    }
    return own.size() == 1 ? looked(own.get(0)) : Ensured.refused(List.of(several(own)));
  }

  private boolean meant(Listed one) {
    return one.isEphemeral() && order.pull().meant(one.pullNumber(), one.pullRepository());
  }

  private static String several(List<Listed> own) {
    return "Railway has several environments of this pull request, "
        + own.stream().map(Listed::name).sorted().collect(Collectors.joining(", "))
        + "; remove all but one";
  }

  private Ensured looked(Listed own) {
    List<String> obstacles =
        new BaseSafety(clients, railway, order.basedOn(own.name())).obstacles(own.id());
    return obstacles.isEmpty()
        ? new Ensured(
                new EnvironmentReading(railway, serviceScheme, RailwayActivitiesImpl.RECENT)
                    .read(
                        new EnvironmentQuery(
                            order.project(),
                            order.railwayProject(),
                            own.name(),
                            order.services(),
                            order.token())),
                null,
                null)
            .called(own.name())
        : Ensured.refused(obstacles).called(own.name());
  }
}
