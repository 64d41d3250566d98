package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.promotion.PromotionWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks a person when the outcome of something cannot be read back, and waits without a time-out.
 * While it waits, the read goes on every ten minutes and may close the question by itself; a
 * person's answer ends a read that is under way.
 */
public final class Questions {
  /** How long a read rests that did not close the question. */
  public static final Duration REREAD = Duration.ofMinutes(10);

  /** The answer that goes no further. */
  private static final String STOP = "abandon";

  private final Asks asks;
  private final String promotionId;
  private final Consumer<Ask> tell;
  private final String prefix;
  private BooleanSupplier moot = () -> false;
  private int asked;

  /**
   * @param promotionId the promotion that mirrors the questions; null = the run stands alone
   */
  public Questions(Asks asks, String promotionId) {
    this(asks, promotionId, "");
  }

  /**
   * @param prefix of their ids: two runs of one promotion must not ask under the same one, or what
   *     was answered to the first would be of the second
   */
  public Questions(Asks asks, String promotionId, String prefix) {
    this.asks = asks;
    this.promotionId = promotionId;
    this.prefix = prefix;
    this.tell = ask -> tellPromotion(promotion -> promotion.asked(ask));
  }

  private Questions(Consumer<Ask> tell, Asks asks) {
    this.asks = asks;
    this.promotionId = null;
    this.prefix = "";
    this.tell = tell;
  }

  /**
   * Questions of a run that no promotion mirrors.
   *
   * @param tell puts the question before people
   */
  public static Questions toldBy(Consumer<Ask> tell, Asks asks) {
    return new Questions(tell, asks);
  }

  /**
   * The same; whoever is still asked once this is so is asked no more, and it stops there.
   *
   * @param nobodyWants whether nobody wants to know any more
   */
  public Questions until(BooleanSupplier nobodyWants) {
    moot = nobodyWants;
    return this;
  }

  /**
   * Asks and waits; the first look comes after {@link #REREAD}.
   *
   * @param look reads again; an answer that it gives closes the question
   * @return the answer of the person, or of {@code look}
   */
  public String ask(
      String step,
      String text,
      String read,
      List<String> answers,
      Supplier<Optional<String>> look) {
    return ask(step, text, read, answers, look, REREAD);
  }

  /**
   * Asks and waits.
   *
   * @param firstLook when {@code look} is to be called first; zero = at once, for a look that is
   *     itself repeated while the other side is away
   */
  public String ask(
      String step,
      String text,
      String read,
      List<String> answers,
      Supplier<Optional<String>> look,
      Duration firstLook) {
    Ask ask =
        new Ask(
            prefix + step + "-" + ++asked,
            Ask.Kind.QUESTION,
            step,
            text,
            read,
            answers,
            List.of(),
            1,
            null,
            Instant.ofEpochMilli(Workflow.currentTimeMillis()),
            null);
    asks.open(ask);
    tell.accept(ask);
    try {
      return awaitAnswer(ask, look, firstLook);
    } finally {
      asks.close(ask.id());
      // Detached: whoever is cancelled while asking must not leave a question standing there.
      Workflow.newDetachedCancellationScope(
              () -> tellPromotion(promotion -> promotion.answered(ask.id())))
          .run();
    }
  }

  /** Tells the promotion that something takes long; who stands alone has nobody to tell. */
  public void delayed(Delay delay) {
    tellPromotion(promotion -> promotion.delayed(delay));
  }

  private String awaitAnswer(Ask ask, Supplier<Optional<String>> look, Duration firstLook) {
    Duration rest = firstLook;
    while (!over(ask) && (rest.isZero() || !Workflow.await(rest, () -> over(ask)))) {
      Optional<String> seen = lookUntilAnswered(ask, look);
      if (!over(ask) && seen.isPresent()) {
        return seen.get();
      }
      rest = REREAD;
    }
    return asks.answer(ask.id()).map(Decision::verdict).orElse(STOP);
  }

  // A look is repeated for as long as the other side is away: a person's answer must not wait for
  // it, and nothing that it finds afterwards may stand against the answer.
  private Optional<String> lookUntilAnswered(Ask ask, Supplier<Optional<String>> look) {
    CompletablePromise<Optional<String>> seen = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> seen.completeFrom(Async.function(look::get)));
    scope.run();
    Workflow.await(() -> seen.isCompleted() || over(ask));
    if (!over(ask)) {
      return seen.get();
    }
    scope.cancel("answered");
    return seen.handle((found, cancelled) -> Optional.<String>empty()).get();
  }

  /** Whether nobody has to answer it any more. */
  private boolean over(Ask ask) {
    return answered(ask) || (ask.answers().contains(STOP) && moot.getAsBoolean());
  }

  private boolean answered(Ask ask) {
    return asks.answer(ask.id()).isPresent();
  }

  private void tellPromotion(Consumer<PromotionWorkflow> news) {
    if (promotionId == null) {
      return;
    }
    try {
      news.accept(
          Workflow.newExternalWorkflowStub(
              PromotionWorkflow.class,
              WorkflowExecution.newBuilder().setWorkflowId(promotionId).build()));
    } catch (SignalExternalWorkflowException | ApplicationFailure gone) {
      // The promotion was terminated: the question can still be answered under the deploy's own id.
      Workflow.getLogger(Questions.class).info("promotion not reached promotion={}", promotionId);
    }
  }
}
