package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.github.TriggerQuery;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.Hints;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Auto.On;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.policy.Window;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Starts promotions where nobody asks: by a push, a tag, a label or a window that opens, as {@code
 * auto} says. News of a reference leads to a read of it, and what is there then is what is
 * promoted: of several pushes in a row the newest.
 */
final class Triggers {
  private static final String REQUESTER = "auto:";
  private static final Duration WITHIN = Duration.ofMinutes(2);

  /** No second push comes of a window: it is looked at again while it is open. */
  private static final Duration LATER = Duration.ofMinutes(10);

  /** Begins the deliveries of who has looked for what nobody told us. */
  private static final String SWEEP = "sweep:";

  /** Stands for the time where others have a reference. */
  private static final String THE_TIME = "window";

  private final Ledger ledger;
  private final TaskQueues queues;
  private final RequestReading reading;
  private final Function<LedgerRequest, RequestAnswer> door;
  private final Hints hints = new Hints();

  /** By reference: the newest delivery about it that has not been looked at. */
  private final Map<String, String> news = new LinkedHashMap<>();

  /** The opening that is waited for; null = none is. */
  private Instant timed;

  private boolean beginning;
  private boolean looking;

  /**
   * @param door takes a request as it takes a person's
   */
  Triggers(Ledger ledger, TaskQueues queues, Function<LedgerRequest, RequestAnswer> door) {
    this.ledger = ledger;
    this.queues = queues;
    this.reading = new RequestReading(ledger, queues);
    this.door = door;
  }

  /** Whether nobody asked for this run. */
  static boolean started(OpenRun run) {
    return run.requester() != null && run.requester().startsWith(REQUESTER);
  }

  /** Whether it began with what stood at the branch that is promoted from. */
  static boolean ofBranch(OpenRun run) {
    return Stream.of(On.PUSH, On.WINDOW)
        .anyMatch(cause -> (REQUESTER + cause.word()).equals(run.requester()));
  }

  /** How long until a window opens; null = none is known to. */
  Duration untilOpening() {
    timed = ledger.triggers().opens();
    return timed == null ? null : Duration.between(now(), timed);
  }

  /** Whether a window has opened, or opens at another time than when that was asked last. */
  boolean hasNews() {
    return due() || !Objects.equals(timed, ledger.triggers().opens());
  }

  private boolean due() {
    Instant opens = ledger.triggers().opens();
    return opens != null && !now().isBefore(opens);
  }

  /** Begins on the side with a window that has opened. */
  void begin() {
    if (due()) {
      Hint opened = new Hint(THE_TIME, ledger.triggers().opens().toString(), THE_TIME, THE_TIME);
      ledger.triggers().opensNext(null);
      beginning = true;
      Async.procedure(() -> heard(opened));
    }
  }

  boolean idle() {
    return !beginning && !looking;
  }

  /**
   * Looks at what the hint is about; one look at a time, which takes in all that came meanwhile.
   */
  void heard(Hint hint) {
    beginning &= hint == null || !THE_TIME.equals(hint.door());
    if (!hints.take(hint) || hint.ref() == null) {
      return;
    }
    String delivery = hint.door() + ":" + hint.delivery();
    if (!delivery.startsWith(SWEEP) || !news.containsKey(hint.ref())) {
      news.put(hint.ref(), delivery);
    }
    if (looking) {
      return;
    }
    looking = true;
    try {
      while (!news.isEmpty()) {
        String ref = news.keySet().iterator().next();
        look(ref, news.remove(ref));
      }
    } finally {
      looking = false;
    }
  }

  private void look(String ref, String delivery) {
    try {
      Auto auto =
          Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
              .auto(new PolicyQuery(ledger.project(), ledger.environment()));
      if (!due()) {
        ledger.triggers().opensNext(auto.nextOpening(now()).orElse(null));
      }
      if (auto.on().isEmpty()) {
        return;
      }
      Pipeline pipeline = reading.policy();
      if (ref.equals(THE_TIME)) {
        opened(auto, pipeline, delivery);
        return;
      }
      Optional<On> cause = auto.about(ref, pipeline.sourceBranch());
      if (cause.isPresent()) {
        weigh(
            auto, pipeline, new Trigger(cause.get(), ref, words(cause.get(), auto, ref), delivery));
      }
    } catch (ActivityFailure | ApplicationFailure unread) {
      // Nobody waits for an answer; the next push, or a person, asks again.
      if (ref.equals(THE_TIME)) {
        opensWithin(LATER);
      }
      note(ref, null, null, "it could not be looked at: " + unread.getMessage());
    }
  }

  private void opensWithin(Duration most) {
    Instant opens = ledger.triggers().opens();
    Instant latest = now().plus(most);
    ledger.triggers().opensNext(opens == null || opens.isAfter(latest) ? latest : opens);
  }

  private void opened(Auto auto, Pipeline pipeline, String delivery) {
    Optional<Window> window = auto.openWindow(now());
    if (window.isPresent()) {
      String ref = "refs/heads/" + pipeline.sourceBranch();
      weigh(
          auto, pipeline, new Trigger(On.WINDOW, ref, "window " + window.get().words(), delivery));
    } else if (auto.on().contains(On.WINDOW)) {
      note("window", null, null, "it had closed again, or is none any more, when a worker looked");
    }
  }

  private static String words(On cause, Auto auto, String ref) {
    return switch (cause) {
      case PUSH, WINDOW -> "push to " + Auto.shortName(ref);
      case TAG -> "tag " + Auto.shortName(ref);
      case LABEL -> "label " + auto.label() + " on #" + Auto.pull(ref).orElseThrow();
    };
  }

  /**
   * @param words as people are told
   */
  private record Trigger(On cause, String ref, String words, String delivery) {}

  private void weigh(Auto auto, Pipeline pipeline, Trigger trigger) {
    if (trigger.cause() == On.TAG && !auto.fitsTag(Auto.shortName(trigger.ref()))) {
      note(trigger.words(), null, null, "it does not fit `tag`, " + auto.tag());
      return;
    }
    String base = base();
    TriggerLook look = lookAt(auto, pipeline, trigger, base);
    ledger.triggers().stands(trigger.ref(), look.revision());
    TriggerRules rules = new TriggerRules(auto, pipeline);
    if (rules.silent(trigger.cause(), look) || known(trigger, look.revision())) {
      return;
    }
    Optional<String> obstacle = rules.obstacle(trigger.cause(), look, base);
    if (obstacle.isPresent()) {
      note(trigger.words(), look.revision(), null, obstacle.get());
    } else {
      note(trigger.words(), look.revision(), request(trigger, look.revision()), null);
    }
    if (trigger.cause() == On.PUSH) {
      ledger.triggers().saw(trigger.ref(), look.revision());
    }
  }

  /**
   * Whether another delivery has led to this commit already: a push starts once, however many tell
   * of it. What a sweep finds first has been there before anybody listened, unless a delivery that
   * was lost, and comes later, tells of it.
   */
  private boolean known(Trigger trigger, String revision) {
    if (trigger.cause() != On.PUSH) {
      return false;
    }
    boolean bySweep = trigger.delivery().startsWith(SWEEP);
    Optional<String> seen = ledger.triggers().seen(trigger.ref());
    if (seen.isEmpty() && bySweep) {
      ledger.triggers().found(trigger.ref(), revision);
      return true;
    }
    return seen.filter(revision::equals).isPresent()
        && (bySweep || !ledger.triggers().onlySwept(trigger.ref()));
  }

  /** The commit that is live, or was before what runs became mixed; null = not known. */
  private String base() {
    LiveSet live = ledger.running().lastGood();
    return live == null ? null : live.revision();
  }

  private TriggerLook lookAt(Auto auto, Pipeline pipeline, Trigger trigger, String base) {
    return Workflow.newActivityStub(
            GitHubActivities.class,
            ActivityProfiles.quick(queues.github(), "what does the trigger mean?", WITHIN))
        .readTrigger(
            new TriggerQuery(
                ledger.project(),
                pipeline.project().github(),
                trigger.ref(),
                auto.label(),
                base,
                auto.paths(),
                trigger.cause() == On.PUSH && !auto.head().isEmpty()));
  }

  private RequestAnswer request(Trigger trigger, String revision) {
    return door.apply(
        new LedgerRequest(
            "auto-" + trigger.delivery(),
            LedgerRequest.Kind.PROMOTE,
            revision,
            null,
            REQUESTER + trigger.cause().word(),
            trigger.words(),
            null,
            null,
            null,
            false,
            true,
            false,
            null,
            null));
  }

  /**
   * @param answer null = nothing was asked for
   * @param why null = as the answer says
   */
  private void note(String cause, String revision, RequestAnswer answer, String why) {
    TriggerNote note =
        new TriggerNote(
            now(),
            cause,
            revision,
            answer == null ? null : answer.outcome(),
            answer == null ? null : answer.id(),
            Ledger.clip(answer == null ? why : answer.message()));
    ledger.triggers().note(note);
    Workflow.getLogger(Triggers.class)
        .info(
            "trigger cause={} revision={} outcome={}: {}",
            cause,
            revision,
            note.outcome(),
            note.message());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
