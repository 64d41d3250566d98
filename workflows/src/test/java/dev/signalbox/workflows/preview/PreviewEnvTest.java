package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.preview.PreviewHouse.FIRST;
import static dev.signalbox.workflows.preview.PreviewHouse.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewEnvTest {
  /** Between two reads of the pull request, which come once a minute. */
  private static final Duration SOON = Duration.ofMinutes(10).plusSeconds(17);

  private final PreviewHouse house = new PreviewHouse();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void bringsThePullRequestIntoAnEnvironmentAndTakesItAwayWhenItIsClosed() {
    AtomicLong events = new AtomicLong();
    house.after(
        SOON,
        () -> {
          events.set(house.events());
          house.closePull();
        });

    house.begin();
    PreviewStatus end = house.end();

    assertThat(end.stage()).isEqualTo(Stage.GONE);
    assertThat(end.detail()).isEqualTo("the pull request is closed");
    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
    assertThat(house.environments()).containsExactly("ensure", "remove");
    assertThat(house.words()).containsExactly("PENDING b", "SUCCESS b", "INACTIVE b");
    assertThat(house.said().get(1).url()).isEqualTo("http://frontend");
    assertThat(house.said().get(1).markdown()).contains("sealed: `backend.SEALED`");
    // Beside them one workflow task (three events) for each of the four activities and the start.
    assertThat(events).hasValueLessThanOrEqualTo(20);
  }

  @Test
  void bringsTheNewestCommitAndStartsNothingMoreOfAnOlderOne() {
    house
        .railway()
        .nextWait(
            order -> {
              house.push(SECOND);
              house.hint("delivery-1");
              PreviewHouse.await(() -> SECOND.equals(house.preview().preview().head()));
              return house.railway().active(order);
            });
    house.after(SOON, house::closePull);

    house.begin();
    house.end();

    assertThat(house.railway().deeds())
        .containsExactly("deploy backend b", "deploy backend c", "deploy frontend c");
    assertThat(house.words()).containsExactly("PENDING b", "PENDING c", "SUCCESS c", "INACTIVE c");
    assertThat(house.said())
        .extracting(PreviewNotice::former)
        .containsExactly(null, FIRST, null, null);
  }

  @Test
  void findsAPushByItselfWhenNobodyTellsIt() {
    house.after(SOON, () -> house.push(SECOND));
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.words())
        .containsExactly("PENDING b", "SUCCESS b", "PENDING c", "SUCCESS c", "INACTIVE c");
  }

  @Test
  void looksForItsEnvironmentByTheIdAndStaysInARenamedOneUnderItsOwnName() {
    house.after(
        SOON,
        () -> {
          house.renames("anas-playground");
          house.push(SECOND);
        });
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    PreviewStatus end = house.end();

    assertThat(house.known()).containsExactly(null, house.railway().state().environmentId());
    assertThat(end.environment()).isEqualTo("pr-7");
    assertThat(house.words())
        .containsExactly("PENDING b", "SUCCESS b", "PENDING c", "SUCCESS c", "INACTIVE c");
  }

  @Test
  void looksForItOnceMoreWhereItWasRenamedWhileItWasDeployedTo() {
    house
        .railway()
        .isNotFoundAt(
            "frontend",
            () -> {
              house.renames("anas-playground");
              return house.environments().size() < 3;
            });
    house.after(SOON, house::closePull);

    house.begin();
    house.end();

    assertThat(house.environments()).containsExactly("ensure", "ensure", "ensure", "remove");
    assertThat(house.words()).containsExactly("PENDING b", "SUCCESS b", "INACTIVE b");
  }

  @ParameterizedTest
  @CsvSource({"true, ben", "false, renovate[bot]"})
  void beginsADraftOrABotsOnlyWhenSomebodyAsks(boolean draft, String author) {
    PullState opened =
        new PullState(7, true, false, draft, FIRST, "feature", "staging", "acme/inspector", author);
    house.becomes(opened);
    house.begin();
    assertThat(house.end().detail()).contains("nobody asked");

    house.after(SOON, house::closePull);
    house.asked();
    house.end();

    assertThat(house.words()).containsExactly("PENDING b", "SUCCESS b", "INACTIVE b");
  }

  @Test
  void makesNothingOfAPullRequestIntoAnotherBranch() {
    house.becomes(PreviewHouse.pull(true, FIRST, "main", "acme/inspector"));

    house.begin();

    assertThat(house.end().detail()).contains("goes into main").contains("staging");
    assertThat(house.environments()).isEmpty();
  }

  @Test
  void takesItAwayWhenThePullRequestGoesToABranchThatHasNoPreviews() {
    house.after(
        SOON, () -> house.becomes(PreviewHouse.pull(true, FIRST, "main", "acme/inspector")));

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.environments()).containsExactly("ensure", "remove");
  }

  @Test
  void saysWhatStandsAgainstItAndLooksAgainAtTheNextPush() {
    house.obstacle("variable DATABASE_URL of backend in staging leads to production");
    house.after(
        SOON,
        () -> {
          house.obstacle(null);
          house.push(SECOND);
        });
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.words()).containsExactly("FAILURE b", "PENDING c", "SUCCESS c", "INACTIVE c");
    assertThat(house.said().get(0).markdown()).contains("DATABASE_URL").contains("not made");
  }

  @Test
  void leavesAFailedOneStandingAndSaysWhy() {
    house.sickAt(FIRST);
    house.after(SOON, house::closePull);

    house.begin();
    house.end();

    assertThat(house.words()).containsExactly("PENDING b", "FAILURE b", "INACTIVE b");
    assertThat(house.said().get(1).markdown())
        .contains("503 sick")
        .contains("| frontend | http://frontend |");
    assertThat(house.environments()).containsExactly("ensure", "ensure", "remove");
  }

  @Test
  void tellsAPersonWhenRailwayDoesNotLetItGoAndTriesAgain() {
    house.refusesToRemove("Two Factor Authentication Required");
    house.refusesToRemove("Two Factor Authentication Required");
    house.after(SOON, house::closePull);

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.said().get(2).markdown())
        .contains("cannot be removed")
        .contains("Two Factor Authentication Required");
    assertThat(house.words()).containsExactly("PENDING b", "SUCCESS b", "null -", "INACTIVE b");
  }

  @Test
  void goesWhenSomebodySaysSo() {
    house.after(SOON, () -> house.order(PreviewOrder.Kind.DESTROY));

    house.begin();

    assertThat(house.end().detail()).isEqualTo("removed by ana");
    assertThat(house.environments()).containsExactly("ensure", "remove");
  }

  @Test
  void knowsOfAPushAtOnceWhenSomebodyHasItLook() {
    house.after(
        SOON,
        () -> {
          house.push(SECOND);
          house.order(PreviewOrder.Kind.LOOK);
          assertThat(house.preview().preview().head()).isEqualTo(SECOND);
        });
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.words())
        .containsExactly("PENDING b", "SUCCESS b", "PENDING c", "SUCCESS c", "INACTIVE c");
  }

  @Test
  void triesAFailedOneAgainWhenSomebodyAsksForItAndNotWhenSomebodyOnlyLooks() {
    house.sickAt(FIRST);
    house.after(SOON, () -> house.order(PreviewOrder.Kind.LOOK));
    house.after(
        SOON.multipliedBy(2),
        () -> {
          house.sickAt("-");
          house.order(PreviewOrder.Kind.CREATE);
        });
    house.after(SOON.multipliedBy(3), house::closePull);

    house.begin();
    house.end();

    assertThat(house.words())
        .containsExactly("PENDING b", "FAILURE b", "PENDING b", "SUCCESS b", "INACTIVE b");
  }

  @Test
  void saysThatItStaysWhereSomebodyTookItsMarkAway() {
    house.losesItsMark();
    house.after(SOON, house::closePull);

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.REFUSED);
    assertThat(house.said())
        .last()
        .extracting(PreviewNotice::markdown)
        .asString()
        .contains("not removed")
        .contains("does not carry the mark");
  }

  @Test
  void leavesNothingBehindWhenItIsCancelled() {
    house.after(SOON, house::cancel);

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.environments()).containsExactly("ensure", "remove");
  }

  @Test
  void saysWhoCancelledIt() {
    house.after(SOON, () -> house.cancel("ben", "not needed"));

    house.begin();

    assertThat(house.end().detail()).isEqualTo("cancelled by ben (cli): not needed");
    assertThat(house.said())
        .last()
        .extracting(PreviewNotice::markdown)
        .asString()
        .contains("cancelled by ben (cli): not needed");
    assertThat(house.recorded()).as("it has no ledger to tell").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsWhatItSaidToComeWhenThePullRequestGoesToABranchThatHasNoPreviews(boolean blocked) {
    if (blocked) {
      house.conflict(true);
    } else {
      house.full("limit is 1");
    }
    house.after(
        SOON, () -> house.becomes(PreviewHouse.pull(true, FIRST, "main", "acme/inspector")));

    house.begin();
    house.end();

    assertThat(house.words()).startsWith("PENDING b").hasSize(2);
    assertThat(house.said().get(1))
        .satisfies(
            said -> assertThat(said.markdown()).contains("not made").contains("goes into main"))
        .satisfies(said -> assertThat(blocked ? said.sha() : said.former()).isEqualTo(FIRST));
  }

  @Test
  void saysOfEachCommitThatItWaitsForRoom() {
    house.full("limit is 1");
    house.after(SOON, () -> house.push(SECOND));
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.words()).startsWith("PENDING b", "PENDING c").hasSize(3);
    assertThat(house.said().get(1).description()).isEqualTo("waits for room");
    assertThat(house.said()).extracting(PreviewNotice::former).containsExactly(null, FIRST, SECOND);
  }

  @Test
  void isMadeAgainAtOnceWhenItIsOpenedAgainWhileItIsTakenAway() {
    house.whileRemoved(
        () -> {
          house.push(FIRST);
          house.hint("reopened");
        });
    house.after(SOON, house::closePull);
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.environments()).containsExactly("ensure", "remove", "ensure", "remove");
    assertThat(house.words())
        .containsExactly(
            "PENDING b", "SUCCESS b", "INACTIVE b", "PENDING b", "SUCCESS b", "INACTIVE b");
  }

  @Test
  void asksNobodyAnyMoreOnceThePullRequestIsClosed() {
    Duration away = Duration.ofDays(3);
    Instant begun = house.now();
    house.railway().nextWaitIsSilent();
    house.railway().away(away);
    house.whenSaid(2, house::closePull);

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.said().get(1).markdown())
        .contains("what became of d-1")
        .contains("push another commit");
    assertThat(Duration.between(begun, house.now())).isLessThan(away);
  }

  @Test
  void startsNothingMoreWhenItIsToGoWhileItIsBeingDeployed() {
    house
        .railway()
        .nextWait(
            order -> {
              house.order(PreviewOrder.Kind.DESTROY);
              return house.railway().active(order);
            });

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.railway().deeds()).containsExactly("deploy backend b");
    assertThat(house.words()).doesNotContain("SUCCESS b");
    assertThat(house.said()).last().extracting(PreviewNotice::former).isEqualTo(FIRST);
  }

  @Test
  void endsWithAReasonWhereTheFileHasNoPreviews() {
    house.hasNoPreviews();

    house.begin();

    assertThat(house.end().detail()).isEqualTo("signalbox.toml has no [previews]");
  }
}
