package dev.signalbox.starter.gateway;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.gateway.ChatGrammar.Deed;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import dev.signalbox.starter.gateway.Commands.LeftDecision;
import dev.signalbox.starter.gateway.Commands.Said;
import dev.signalbox.workers.policy.PipelineFile;
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
import java.util.Optional;

/**
 * Carries out what comments say, by the terminal's commands, and answers them in place; tells
 * people at Slack what their decisions came to.
 */
final class SpokenActivitiesImpl implements SpokenActivities {
  /**
   * A yes is to what stood there when it was said, an order to how things were then: what could not
   * be carried out for so long is not carried out at all, and that is said.
   */
  static final Duration FRESH = Duration.ofMinutes(15);

  private static final String BEGUN = "begun";
  private static final int LONGEST = 8_000;

  private final Optional<CommentBoard> board;
  private final Optional<SlackPlace> slack;
  private final PipelineFile pipelines;
  private final Commands commands;
  private final Optional<Secret> key;
  private final Clock clock;

  SpokenActivitiesImpl(
      Optional<CommentBoard> board,
      Optional<SlackPlace> slack,
      PipelineFile pipelines,
      Commands commands,
      Optional<Secret> key,
      Clock clock) {
    this.board = board;
    this.slack = slack;
    this.pipelines = pipelines;
    this.commands = commands;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public Carried carryOut(SpokenWords words) {
    return Failures.mapped(() -> carriedOut(words));
  }

  private Carried carriedOut(SpokenWords words) {
    if (!heardByUs(words)) {
      // A run that somebody else started: what is carried out here is proved by our key.
      return said("refused: no gateway heard this");
    }
    Parsed parsed = ChatGrammar.parse(words.text(), () -> atHand(words));
    if (parsed.words() == null || parsed.help()) {
      String refusal = parsed.help() ? "" : parsed.refusal() + "\n\n";
      return said(refusal + "/signalbox …\n" + ChatGrammar.HELP);
    }
    boolean begun = begun();
    boolean late = clock.instant().isAfter(end(words));
    if (begun && (late || parsed.words().get(0).equals("cancel"))) {
      return said("interrupted: `why` and `status` show whether it was carried out");
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
    return new Carried(
        ChatText.fitting(answer.text(), parsed.words(), LONGEST)
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

  /** Whether an attempt before this one had begun; this one has from now on. */
  private static boolean begun() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    boolean begun = context.getHeartbeatDetails(String.class).filter(BEGUN::equals).isPresent();
    context.heartbeat(BEGUN);
    return begun;
  }

  private static Instant end(SpokenWords words) {
    return words.said().plus(FRESH);
  }

  private static Carried said(String text) {
    return new Carried(text, null, false);
  }

  /** The promotion of the pull request's commit, else the environment that it leads to. */
  private Optional<String> atHand(SpokenWords words) {
    CommentBoard.Place place = board.orElseThrow().place(pull(words));
    return commands
        .promotionOf(place.head())
        .or(
            () ->
                pipelines.environments().stream()
                    .filter(name -> pipelines.pipeline(name).promotedFrom().isPresent())
                    .filter(
                        name ->
                            pipelines.pipeline(name).environment().branch().equals(place.base()))
                    .findFirst());
  }

  @Override
  public void answer(Answered answered) {
    Failures.mapped(() -> board.orElseThrow().seen(comment(answered.words())));
    post(answered.words(), answered.text());
  }

  @Override
  public void tellVerdict(Awaited awaited) {
    if (!heardByUs(awaited.words())) {
      return;
    }
    Left left = awaited.left();
    String verdict = commands.verdict(new LeftDecision(left.workflowId(), left.decisionId()));
    if (verdict == null) {
      throw ApplicationFailure.newBuilder()
          .setMessage("not judged yet: " + left.decisionId())
          .setType("NotJudged")
          .setCategory(ApplicationErrorCategory.BENIGN)
          .build();
    }
    post(awaited.words(), verdict + "  (" + left.workflowId() + ")");
  }

  private void post(SpokenWords words, String text) {
    Failures.mapped(
        () -> {
          if (words.door().equals(SlackDoor.NAME)) {
            slack.orElseThrow().tell(words.message(), words.place(), text);
          } else {
            board.orElseThrow().answer(pull(words), comment(words), words.person(), text);
          }
        });
  }

  private static int pull(SpokenWords words) {
    return Integer.parseInt(words.place());
  }

  private static long comment(SpokenWords words) {
    return Long.parseLong(words.message());
  }
}
