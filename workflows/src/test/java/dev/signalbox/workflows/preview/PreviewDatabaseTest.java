package dev.signalbox.workflows.preview;

import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.preview.PreviewHouse.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A preview with a database of its own. */
class PreviewDatabaseTest {
  private static final Duration SOON = Duration.ofMinutes(10).plusSeconds(17);
  private static final String NAME = "signalbox_inspector_pr_7";

  private final PreviewHouse house = new PreviewHouse();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void migratesAndFillsADatabaseOfItsOwnBeforeTheFirstServiceAndDropsItAtTheEnd() {
    AtomicLong events = new AtomicLong();
    DatabaseStage database =
        house.withDatabase(
            aSchema()
                .with("r1", RevisionClass.EXPAND)
                .with(
                    "r2",
                    RevisionClass.CONTRACT,
                    new Finding(1, "ban-drop", "Dropped.", null, 14)));
    house.after(
        SOON,
        () -> {
          events.set(house.events());
          house.closePull();
        });

    house.begin();
    house.end();

    assertThat(house.database().deeds()).containsExactly("make " + NAME, "seed", "drop " + NAME);
    assertThat(database.deeds()).containsExactly("upgrade r0 by r1,r2");
    assertThat(house.said().get(1).markdown())
        .contains("Database `" + NAME + "`, its own, at r2; it answered through DATABASE")
        .contains("| r2 ")
        .contains("| contract |")
        .contains("ban-drop: Dropped.")
        .doesNotContain("| r1 ");
    assertThat(house.said().get(1).remarks())
        .singleElement()
        .satisfies(
            remark -> {
              assertThat(remark.key()).isEqualTo("r2/ban-drop/1");
              assertThat(remark.line()).isEqualTo(14);
              assertThat(remark.markdown()).contains("ban-drop").contains("Dropped.");
            });
    // Beside them one workflow task (three events) for each of the eight activities and the start.
    assertThat(events).hasValueLessThanOrEqualTo(34);
  }

  @Test
  void keepsWhatIsInItForTheNextCommitAndDoesNotFillItTwice() {
    house.withDatabase(aSchema().with("r1", RevisionClass.EXPAND));
    house.after(SOON, () -> house.push(SECOND));
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.database().deeds())
        .containsExactly("make " + NAME, "seed", "keep " + NAME, "drop " + NAME);
    assertThat(house.words()).endsWith("SUCCESS c", "INACTIVE c");
  }

  @Test
  void deploysNothingOfACommitWhoseMigrationFailsAndBeginsAnewWithTheNext() {
    DatabaseStage database =
        house.withDatabase(
            aSchema().with("r1", RevisionClass.EXPAND).with("r2", RevisionClass.EXPAND));
    database.nextUpgrade(order -> database.runs(order, 1, DatabaseStage.refused("r2")));
    house.after(SOON, () -> house.push(SECOND));
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.words())
        .containsExactly("PENDING b", "FAILURE b", "PENDING c", "SUCCESS c", "INACTIVE c");
    assertThat(house.said().get(1).markdown())
        .contains("could not create unique index")
        .contains("Running upgrade r0");
    assertThat(house.railway().deeds()).containsExactly("deploy backend c", "deploy frontend c");
    assertThat(house.database().deeds())
        .containsExactly("make " + NAME, "make " + NAME, "seed", "drop " + NAME);
  }

  @Test
  void hasFailedWhereItsDatabaseDoesNotAnswerThroughTheVariableOfTheService() {
    house.withDatabase(aSchema().with("r1", RevisionClass.EXPAND));
    house.database().isNotReachedThrough("DATABASE_URL");
    house.whenSaid(2, house::closePull);

    house.begin();
    house.end();

    assertThat(house.words()).containsExactly("PENDING b", "FAILURE b", "INACTIVE b");
    assertThat(house.said().get(1).markdown())
        .contains("its database is not reached through DATABASE")
        .contains("no route");
  }

  @Test
  void dropsItAlthoughTheFileMigratesNothingAnyMore() {
    house.withDatabase(aSchema().with("r1", RevisionClass.EXPAND));
    house.whenSaid(
        2,
        () -> {
          house.migratesNoMore();
          house.closePull();
        });

    house.begin();
    house.end();

    assertThat(house.database().deeds()).containsExactly("make " + NAME, "seed", "drop " + NAME);
  }

  @Test
  void deploysNothingWhereTheSeedFails() {
    house.withDatabase(aSchema().with("r1", RevisionClass.EXPAND));
    house.database().seedFails("exit code 3");
    house.after(SOON, house::closePull);

    house.begin();

    assertThat(house.end().stage()).isEqualTo(Stage.GONE);
    assertThat(house.said().get(1).markdown())
        .contains("the seed command")
        .contains("exit code 3")
        .contains("last words");
    assertThat(house.railway().deeds()).isEmpty();
  }

  @Test
  void makesItAnewWhereTheCommitDoesNotKnowWhatIsInIt() {
    DatabaseStage database = house.withDatabase(aSchema().with("r1", RevisionClass.EXPAND));
    house.after(
        SOON,
        () -> {
          database.nextPlan(MigrationPlan.State.UNKNOWN_REVISION);
          house.push(SECOND);
        });
    house.after(SOON.multipliedBy(2), house::closePull);

    house.begin();
    house.end();

    assertThat(house.database().deeds())
        .containsExactly(
            "make " + NAME, "seed", "keep " + NAME, "make " + NAME, "seed", "drop " + NAME);
    assertThat(house.words()).endsWith("SUCCESS c", "INACTIVE c");
  }
}
