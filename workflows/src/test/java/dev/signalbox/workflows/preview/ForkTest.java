package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.preview.PreviewHouse.FIRST;
import static dev.signalbox.workflows.preview.PreviewHouse.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForkTest {
  private final PreviewHouse house = new PreviewHouse();
  private final List<String> answers = new CopyOnWriteArrayList<>();

  @BeforeEach
  void comesFromAFork() {
    pushed(FIRST);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void pushed(String head) {
    house.becomes(PreviewHouse.pull(true, head, "staging", "mallory/inspector"));
  }

  private void says(String person, String commit, Instant said) {
    RequestAnswer answer = house.creates(person, commit, said);
    answers.add(answer.outcome() + " " + answer.message());
  }

  private void closesPull() {
    house.closePull();
    house.hint("closed");
  }

  private void pushesWhileItIsDeployed(Runnable then) {
    house
        .railway()
        .nextWait(
            order -> {
              pushed(SECOND);
              house.hint("pushed");
              then.run();
              return house.railway().active(order);
            });
  }

  @Test
  void bringsTheCommitOfAForkOnceAMemberConsented() {
    house.whenSaid(1, () -> says("ana", null, null));
    house.whenSaid(3, this::closesPull);

    house.begin();
    house.end();

    assertThat(house.words()).containsExactly("null -", "PENDING b", "SUCCESS b", "INACTIVE b");
    assertThat(house.said().get(0).markdown())
        .contains("the fork mallory/inspector")
        .contains("/signalbox preview --commit " + FIRST)
        .contains("read every variable that `staging` has");
    assertThat(house.said().get(2).markdown()).contains("ana consented to it");
    assertThat(house.recorded()).containsExactly("staging consent by ana");
  }

  @Test
  void takesNobodysWordForAConsentWhoMayNotGiveItOrMeansAnotherCommit() {
    house.whenSaid(
        1,
        () -> {
          says("mallory", null, null);
          says("ana", SECOND, null);
          says("ana", null, Instant.EPOCH);
          closesPull();
        });

    house.begin();
    house.end();

    assertThat(answers.get(0)).contains("'mallory' may not give it; may: ana, ben");
    assertThat(answers.get(1)).contains("is " + FIRST + ", and you mean ccccccc");
    assertThat(answers.get(2)).contains("you said it at").contains("say it again with --commit");
    assertThat(answers).allMatch(one -> one.startsWith("REFUSED"));
    assertThat(house.railway().deeds()).isEmpty();
    assertThat(house.environments()).doesNotContain("ensure");
    assertThat(house.recorded())
        .containsExactly(
            "staging consent by mallory, not counted",
            "staging consent by ana, not counted, proved");
  }

  @Test
  void keepsTheCommitThatWasConsentedToWhenTheForkIsPushedTo() {
    house.whenSaid(1, () -> says("ana", null, null));
    house.whenSaid(
        3,
        () -> {
          pushed(SECOND);
          house.hint("pushed");
        });
    house.whenSaid(4, () -> says("ben", null, house.now().plus(Duration.ofDays(9))));
    house.whenSaid(6, this::closesPull);

    house.begin();
    house.end();

    assertThat(house.words())
        .containsExactly(
            "null -", "PENDING b", "SUCCESS b", "null -", "PENDING c", "SUCCESS c", "INACTIVE c");
    assertThat(house.said().get(3).markdown())
        .contains("keeps `bbbbbbb`, to which ana consented")
        .contains(SECOND);
    assertThat(house.recorded())
        .containsExactly("staging consent by ana", "staging consent by ben, proved");
  }

  @Test
  void endsWhatItSaidOfACommitThatWaitedForRoomWhenTheForkIsPushedTo() {
    house.full("limit is 1");
    house.whenSaid(1, () -> says("ana", null, null));
    house.whenSaid(
        2,
        () -> {
          pushed(SECOND);
          house.hint("pushed");
        });
    house.whenSaid(3, this::closesPull);

    house.begin();
    house.end();

    assertThat(house.words()).startsWith("null -", "PENDING b", "null -");
    assertThat(house.said().get(2).former()).isEqualTo(FIRST);
  }

  @Test
  void finishesWhatWasConsentedToAlthoughTheForkIsPushedToMeanwhile() {
    house.whenSaid(1, () -> says("ana", null, null));
    pushesWhileItIsDeployed(() -> {});
    house.whenSaid(4, this::closesPull);

    house.begin();
    house.end();

    assertThat(house.railway().deeds()).containsExactly("deploy backend b", "deploy frontend b");
    assertThat(house.words())
        .containsExactly("null -", "PENDING b", "SUCCESS b", "null -", "INACTIVE b");
  }

  @Test
  void takesAConsentToTheNextCommitWhileTheOneBeforeIsBroughtThere() {
    house.whenSaid(1, () -> says("ana", null, null));
    pushesWhileItIsDeployed(
        () -> {
          PreviewHouse.await(() -> SECOND.equals(house.preview().preview().head()));
          says("ben", SECOND, house.now());
        });
    house.whenSaid(4, this::closesPull);

    house.begin();
    house.end();

    assertThat(house.railway().deeds())
        .containsExactly("deploy backend b", "deploy backend c", "deploy frontend c");
  }

  @Test
  void asksForAForkThatIsGoneAsForAnyOther() {
    house.becomes(PreviewHouse.pull(true, FIRST, "staging", null));
    house.whenSaid(1, this::closesPull);

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.said().get(0).markdown()).contains("a fork that is gone");
  }

  @Test
  void findsByItselfThatAPullRequestOfAForkIsClosed() {
    house.after(Duration.ofHours(1), house::closePull);

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.environments()).containsExactly("remove");
  }
}
