package dev.signalbox.starter.gateway;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.http.Sending;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.gateway.ChatGrammar.Deed;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import dev.signalbox.starter.gateway.Commands.LeftDecision;
import dev.signalbox.starter.gateway.Commands.Said;
import dev.signalbox.starter.gateway.Commands.Verdict;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.spoken.SpokenActivities;
import dev.signalbox.workflows.spoken.SpokenWords;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what people say in comments and at Slack, by the terminal's commands, and answers
 * them there; tells them what their decisions came to.
 */
final class SpokenActivitiesImpl implements SpokenActivities {
  /**
   * A yes is to what stood there when it was said, an order to how things were then: what could not
   * be carried out for so long is not carried out at all, and that is said.
   */
  static final Duration FRESH = Duration.ofMinutes(15);

  private static final Logger log = LoggerFactory.getLogger(SpokenActivitiesImpl.class);

  private final Map<String, AnswerPlace> places;
  private final Commands commands;
  private final SoonJudged verdicts;
  private final Optional<Secret> key;
  private final Tally tally;
  private final Clock clock;
  private final Pace pace;

  /**
   * @param places where people are answered, by door
   * @param verdicts looks soon for what became of a decision
   */
  SpokenActivitiesImpl(
      Map<String, AnswerPlace> places,
      Commands commands,
      SoonJudged verdicts,
      Optional<Secret> key,
      Tally tally,
      Clock clock) {
    this.places = Map.copyOf(places);
    this.commands = commands;
    this.verdicts = verdicts;
    this.key = key;
    this.tally = tally;
    this.clock = clock;
    this.pace = Pace.of(clock);
  }

  @Override
  public Carried carryOut(SpokenWords words) {
    Attempt attempt = new Attempt(Activity.getExecutionContext());
    return new Waiting(pace, attempt::beat)
        .answer(() -> Failures.mapped(() -> carriedOutOrRefused(words, attempt)));
  }

  /** What cannot be read here before it is carried out will not be read by trying again. */
  private Carried carriedOutOrRefused(SpokenWords words, Attempt attempt) {
    try {
      return carriedOut(words, attempt);
    } catch (ApiException failure) {
      if (!failure.is(ApiException.Kind.REJECTED) && !failure.is(ApiException.Kind.NOT_FOUND)) {
        throw failure;
      }
      log.error("not carried out message={}: {}", words.message(), failure.getMessage());
      return attempt.begunBefore()
          ? interrupted()
          : said("not carried out: " + failure.getMessage() + "; then say it again");
    }
  }

  private Carried carriedOut(SpokenWords words, Attempt attempt) {
    if (!heardByUs(words)) {
      // A run that somebody else started: what is carried out here is proved by our key.
      return said("refused: no gateway heard this");
    }
    AnswerPlace place = place(words);
    Parsed parsed = ChatGrammar.parse(words.text(), () -> place.atHand(words), place.on(words));
    if (parsed.words() == null || parsed.help()) {
      String refusal = parsed.help() ? "" : parsed.refusal() + "\n\n";
      return said(refusal + "/signalbox …\n" + ChatGrammar.HELP);
    }
    Optional<String> takenBack = place(words).takenBack(words);
    boolean begun = attempt.begin();
    boolean late = clock.instant().isAfter(end(words));
    if (begun && (late || takenBack.isPresent() || parsed.words().get(0).equals("cancel"))) {
      return interrupted();
    }
    if (takenBack.isPresent()) {
      return said("refused: " + takenBack.get() + "; nothing was carried out, say it again");
    }
    if (late && parsed.deed() != Deed.VIEW) {
      return said(
          "not carried out: it was said at "
              + Moments.text(words.said())
              + ", and could be carried out only now; say it again");
    }
    Said answer =
        commands.run(
            new Sender(words.door(), words.person(), words.message(), key, words.said()),
            parsed.words(),
            false);
    boolean again = answer.notReached() && parsed.personal();
    LeftDecision left = answer.decision();
    Optional<Verdict> verdict = left == null ? Optional.empty() : verdicts.of(left);
    if (verdict.isPresent()) {
      return said(judged(verdict.get(), left));
    }
    return new Carried(
        ChatText.fitting(answer.text(), parsed.words(), place.longest())
            + (again ? "\n\ntried again until " + Moments.text(end(words)) : ""),
        left == null ? null : new Left(left.workflowId(), left.decisionId()),
        again);
  }

  private boolean heardByUs(SpokenWords words) {
    return key.map(
            known ->
                words.seal() != null && DecisionProof.holds(words.words(), words.seal(), known))
        .orElse(true);
  }

  /** One attempt, whose signs of life say whether it, or one before it, has begun. */
  private static final class Attempt {
    private final ActivityExecutionContext context;
    private volatile String sign;

    Attempt(ActivityExecutionContext context) {
      this.context = context;
      this.sign = context.getHeartbeatDetails(String.class).orElse(null);
    }

    void beat() {
      context.heartbeat(sign);
    }

    boolean begunBefore() {
      return ActivityProfiles.SENDING.equals(sign);
    }

    /** Whether an attempt before this one had begun; this one has from now on. */
    boolean begin() {
      boolean before = begunBefore();
      sign = ActivityProfiles.SENDING;
      Sending.announce(context);
      return before;
    }
  }

  private static Carried interrupted() {
    return said("interrupted: `why` and `status` show whether it was carried out");
  }

  private static Instant end(SpokenWords words) {
    return words.said().plus(FRESH);
  }

  private static Carried said(String text) {
    return new Carried(text, null, false);
  }

  private AnswerPlace place(SpokenWords words) {
    return Optional.ofNullable(places.get(words.door())).orElseThrow();
  }

  @Override
  public void answer(Answered answered) {
    Failures.mapped(() -> heard(answered.words()));
    post(answered.words(), answered.text());
  }

  @Override
  public void tellVerdict(Awaited awaited) {
    if (!heardByUs(awaited.words())) {
      return;
    }
    Left left = awaited.left();
    LeftDecision decision = new LeftDecision(left.workflowId(), left.decisionId());
    Verdict verdict = commands.verdict(decision);
    if (verdict == null) {
      throw ApplicationFailure.newBuilder()
          .setMessage("not judged yet: " + left.decisionId())
          .setType("NotJudged")
          .setCategory(ApplicationErrorCategory.BENIGN)
          .build();
    }
    post(awaited.words(), judged(verdict, decision));
  }

  private static String judged(Verdict verdict, LeftDecision decision) {
    return verdict.sentence() + "  (" + decision.workflowId() + ")";
  }

  /** A receipt that is refused keeps nobody from the answer. */
  private void heard(SpokenWords words) {
    try {
      place(words).heard(words);
    } catch (ApiException refused) {
      if (!refused.is(ApiException.Kind.REJECTED)) {
        throw refused;
      }
      log.warn("no receipt message={}: {}", words.message(), refused.getMessage());
    }
  }

  private void post(SpokenWords words, String text) {
    try {
      place(words).answer(words, text);
    } catch (ApiException failure) {
      ApplicationFailure told = Failures.of(failure);
      if (told.isNonRetryable()) {
        tally.unanswered(words.door());
        log.error(
            "{} is not answered message={} place={}: {}",
            words.person(),
            words.message(),
            words.place(),
            failure.getMessage());
      }
      throw told;
    }
  }
}
