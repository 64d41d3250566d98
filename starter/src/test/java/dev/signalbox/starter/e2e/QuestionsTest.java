package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Target;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call left, its answer did not come, and nothing can be seen: only a person knows. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@Order(House.LONG)
final class QuestionsTest {
  private static final Map<String, Long> ONE_EACH = Map.of("backend", 1L, "frontend", 1L);

  private static final String UNCLEAR = "unclear";
  private static final String UNCLEAR_LATER = "unclear-later";
  private static final String UNCLEAR_THERE =
      """
      checks = { python-ci = "success" }
      [environments.unclear]
      body = "hello"
      """;

  private House house;

  @BeforeAll
  void open(@TempDir Path directory) {
    house =
        House.at(directory)
            .environments(
                List.of(
                    "done",
                    "reset-before",
                    "server-error",
                    "errors",
                    "told",
                    "abandon",
                    "later",
                    "twice",
                    UNCLEAR,
                    UNCLEAR_LATER))
            .soaking(UNCLEAR, "60s")
            .soaking(UNCLEAR_LATER, "8s")
            .open();
    house.releaseOnStaging(Map.of("backend/sandbox.toml", UNCLEAR_THERE));
  }

  @AfterAll
  void close() {
    house.close();
  }

  private String askedIn(String environment, Fault fault) {
    house
        .sandbox()
        .faults()
        .add(
            Rule.of(House.DEPLOY, fault)
                .on(Target.NONE.withEnvironment(environment).withService("backend")));
    String id = house.promote(environment);
    house.approve(id);
    house.awaitQuestion(id);
    return id;
  }

  @Test
  void sendsOnceMoreWhenAPersonSaysNotDone() {
    isSentOnceMoreAfter(Fault.RESET_BEFORE);
  }

  // That a person is asked after each of these is BareStepsTest's.
  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "ERRORS"})
  @Tag("crash")
  void sendsOnceMoreHoweverItsAnswerWasLost(Fault fault) {
    isSentOnceMoreAfter(fault);
  }

  private void isSentOnceMoreAfter(Fault fault) {
    String environment = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String id = askedIn(environment, fault);

    house.resolve(id, house.awaitQuestion(id), "not-done");

    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    assertThat(house.effectsByService(House.DEPLOY, environment)).isEqualTo(ONE_EACH);
  }

  @Test
  void saysWhatIsAskedInStatusAndOnThePullRequest() {
    String id = askedIn("told", Fault.RESET_BEFORE);

    PromotionStatus status = house.status(id).orElseThrow();
    Ask question = House.ask(status, Ask.Kind.QUESTION).orElseThrow();
    assertThat(status.state()).isEqualTo("question");
    assertThat(status.unmet())
        .anySatisfy(unmet -> assertThat(unmet.condition()).contains("Did Railway carry out"));
    assertThat(question.answers()).containsExactly("done", "not-done", "abandon");
    assertThat(question.read()).contains("Railway shows no new deployment of this commit");
    Eventually.that(
        "the pull request tells the question",
        () -> house.github().comments(status).contains("**Question**"));
    house.resolve(id, house.awaitQuestion(id), "abandon");
    assertThat(house.end(id).result()).isNotEqualTo(Result.LIVE);
  }

  @Test
  void sendsNothingMoreAndLeavesTheFormerReleaseWhenAPersonAbandons() {
    String before = house.sandbox().railway().active("abandon", "backend").orElseThrow().commit();
    String id = askedIn("abandon", Fault.RESET_BEFORE);

    house.resolve(id, house.awaitQuestion(id), "abandon");

    PromotionResult result = house.end(id);
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.FAILED);
    assertThat(house.effectsByService(House.DEPLOY, "abandon")).isEmpty();
    assertThat(house.effectsByService(House.ROLLBACK, "abandon")).isEmpty();
    assertThat(house.serves("abandon", before)).isTrue();
  }

  @Test
  void adoptsWhatAPersonSaysIsDone() {
    String id = askedIn("done", Fault.RESET_BEFORE);
    String revision = house.status(id).orElseThrow().revision();
    var byHand = house.sandbox().railway().deploy("done", "backend", revision);

    house.resolve(id, house.awaitQuestion(id), "done");

    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    assertThat(house.effectsByService(House.DEPLOY, "done")).isEqualTo(Map.of("frontend", 1L));
    assertThat(house.sandbox().railway().active("done", "backend").orElseThrow().id())
        .isEqualTo(byHand.id());
  }

  @Test
  void asksAgainWhenDoneIsSaidAndNothingIsThere() {
    String id = askedIn("later", Fault.RESET_BEFORE);
    house.resolve(id, house.awaitQuestion(id), "done");

    house.await(
        id,
        status ->
            House.ask(status, Ask.Kind.QUESTION)
                .filter(ask -> ask.read().contains("answered \"done\""))
                .isPresent());

    house.resolve(id, house.awaitQuestion(id), "not-done");
    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    assertThat(house.effectsByService(House.DEPLOY, "later")).isEqualTo(ONE_EACH);
  }

  @Test
  void asksAgainWhenTheSecondCallIsLostToo() {
    house
        .sandbox()
        .faults()
        .add(
            Rule.of(House.DEPLOY, Fault.RESET_BEFORE)
                .on(Target.NONE.withEnvironment("twice").withService("backend"))
                .times(2));
    String id = house.promote("twice");
    house.approve(id);
    Ask first = house.awaitQuestion(id);
    sayNotDone(id);
    house.await(
        id,
        status ->
            House.ask(status, Ask.Kind.QUESTION)
                .filter(ask -> !ask.id().equals(first.id()))
                .isPresent());
    sayNotDone(id);

    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    assertThat(house.effectsByService(House.DEPLOY, "twice")).isEqualTo(ONE_EACH);
  }

  // The same words each time, and no question named: what is open is meant.
  private void sayNotDone(String id) {
    house
        .temporal()
        .newUntypedWorkflowStub(id)
        .signal("resolve", Map.of("answer", "not-done", "person", "ana", "reason", "not there"));
  }

  @Test
  void soaksAllTheSameWhenAPersonAcceptsAnUnclearVerification() {
    String id = house.promote(UNCLEAR);
    house.approve(id);
    Ask question = house.awaitQuestion(id);
    assertThat(question.step()).isEqualTo("verify");
    house.resolve(id, question, "accept");
    house.await(house.deployId(UNCLEAR), status -> has(status, "soak", Step.State.RUNNING));

    house.sicken(UNCLEAR, "backend");

    PromotionResult result = house.end(id);
    assertThat(result.result()).as(result.detail()).isEqualTo(Result.ROLLED_BACK);
  }

  @Test
  void asksAboutAnUnclearSoakAsThatAndGoesOnWithWhatIsLeftOfIt() {
    String id = house.promote(UNCLEAR_LATER);
    house.approve(id);
    house.awaitSoak(UNCLEAR_LATER);
    house
        .sandbox()
        .railway()
        .behave(
            UNCLEAR_LATER, "backend", JsonNodeFactory.instance.objectNode().put("body", "hello"));
    Ask question = house.awaitQuestion(id);

    house.resolve(id, question, "accept");

    assertThat(question.step()).isEqualTo("soak");
    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    PromotionStatus deploy = house.status(house.deployId(UNCLEAR_LATER)).orElseThrow();
    assertThat(has(deploy, "soak", Step.State.DONE)).isTrue();
    assertThat(has(deploy, "verify", Step.State.DONE)).isTrue();
  }

  private static boolean has(PromotionStatus status, String step, Step.State state) {
    return status.steps().stream()
        .anyMatch(known -> known.name().equals(step) && known.state() == state);
  }
}
