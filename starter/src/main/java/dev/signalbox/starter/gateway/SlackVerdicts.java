package dev.signalbox.starter.gateway;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.gateway.Commands.LeftDecision;
import dev.signalbox.workflows.spoken.SpokenActivities.Left;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.time.Clock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the engine keep that somebody at Slack waits for a verdict, whatever becomes of us. */
final class SlackVerdicts {
  private static final Logger log = LoggerFactory.getLogger(SlackVerdicts.class);

  private final String project;
  private final SlackPlace slack;
  private final Predicate<SpokenWords> engine;
  private final Clock clock;

  SlackVerdicts(String project, SlackPlace slack, Predicate<SpokenWords> engine, Clock clock) {
    this.project = project;
    this.slack = slack;
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * @param said who said it, under which id
   * @param place {@code channel/person}
   * @param at the response address; null = there is none
   */
  void await(Sender said, LeftDecision left, String place, String at) {
    if (at != null) {
      slack.remember(said.message(), at);
    }
    SpokenWords words =
        new SpokenWords(
            project,
            said.door(),
            said.message(),
            said.person(),
            "",
            place,
            clock.instant(),
            new Left(left.workflowId(), left.decisionId()),
            null);
    SpokenWords sealed =
        said.key()
            .map(known -> words.sealedBy(DecisionProof.of(words.words(), known)))
            .orElse(words);
    if (!engine.test(sealed)) {
      log.warn("nobody will tell the verdict decision={}", left.decisionId());
    }
  }
}
