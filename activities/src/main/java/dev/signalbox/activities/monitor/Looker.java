package dev.signalbox.activities.monitor;

import dev.signalbox.activities.health.Probed;
import dev.signalbox.activities.health.Probes;
import dev.signalbox.activities.http.Network;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/** One look at one check over the network. */
final class Looker {
  private final Probes probes;
  private final Probes anywhere;
  private final Set<String> hosts;
  private final Rules rules;
  private final Pace pace;

  /**
   * @param allow {@code host}, {@code host:port} or network: besides what {@code reach} has
   */
  Looker(Reach reach, List<String> allow, Rules rules, Pace pace) {
    List<Network> networks = allow.stream().map(Network::parse).flatMap(Optional::stream).toList();
    this.probes = new Probes(reach.and(networks));
    this.anywhere = new Probes(Reach.ofEverything());
    this.hosts =
        allow.stream().filter(text -> Network.parse(text).isEmpty()).collect(Collectors.toSet());
    this.rules = rules;
    this.pace = pace;
  }

  Look look(Check check) {
    Instant at = pace.now();
    long began = System.nanoTime();
    Probed probed = (named(check) ? anywhere : probes).probe(check.target(), at);
    return judge(check, probed, at, Duration.ofNanos(System.nanoTime() - began));
  }

  /** What one sample says of the check. */
  Look judge(Check check, Probed probed, Instant at, Duration took) {
    Sample sample = probed.sample();
    State state = state(check, sample.reading());
    if (state == State.UP && check.slow() != null && took.compareTo(check.slow()) > 0) {
      return new Look(
          State.DEGRADED,
          sample.expected() + " within " + millis(check.slow()),
          sample.got() + " after " + millis(took),
          at,
          took);
    }
    if (state == State.UP && endsSoon(check, probed, at)) {
      return new Look(
          State.DEGRADED,
          sample.expected() + " by a certificate that is good for " + days(rules.certificate()),
          sample.got() + " by one that ends on " + probed.certificateEnds(),
          at,
          took);
    }
    return new Look(
        state,
        sample.expected(),
        sample.got(),
        at,
        sample.reading() == Reading.ERROR ? null : took);
  }

  private boolean endsSoon(Check check, Probed probed, Instant at) {
    return check.kind() != Kind.CONTROL
        && rules.certificate() != null
        && probed.certificateEnds() != null
        && probed.certificateEnds().isBefore(at.plus(rules.certificate()));
  }

  private boolean named(Check check) {
    HttpUrl url = check.target().url() == null ? null : HttpUrl.parse(check.target().url());
    return url != null
        && (hosts.contains(url.host()) || hosts.contains(url.host() + ":" + url.port()));
  }

  private static State state(Check check, Reading reading) {
    if (check.kind() == Kind.CONTROL) {
      // Whatever it answers, it answers.
      return reading == Reading.ERROR ? State.DOWN : State.UP;
    }
    return switch (reading) {
      case GOOD -> State.UP;
      case INCONCLUSIVE -> State.DEGRADED;
      case BAD, ERROR, EARLIER -> State.DOWN;
    };
  }

  private static String days(Duration duration) {
    return duration.toDays() > 0
        ? duration.toDays() + (duration.toDays() == 1 ? " day" : " days")
        : duration.toHours() + " hours";
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
