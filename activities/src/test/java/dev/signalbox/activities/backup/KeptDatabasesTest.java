package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.workflows.backup.KeptDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.DropOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What restores leave beside a database, and what may go of it. */
class KeptDatabasesTest {
  @TempDir Path archive;
  private RestoreHouse house;
  private String former;

  @BeforeEach
  void restore() {
    house = new RestoreHouse(archive);
    house.hold();
    former = house.swap(RestoreHouse.swapOf(house.present(), house.beside())).former();
  }

  private List<KeptDatabase> kept() {
    return KeptDatabases.of(house.shop.address());
  }

  private void drop(String name) {
    house.restores.dropKept(new DropOrder(REFERENCE, name), house.shop.address(), new Stop());
  }

  private void say(String what) {
    POSTGRES.query(POSTGRES.maintenance(), "comment on database \"" + former + "\" is " + what);
  }

  @Test
  void areListedWithTheirSizeAndTheBackupOfThem() {
    POSTGRES.query(
        POSTGRES.maintenance(), "create database " + house.shop.databaseName() + "_before_mine");

    assertThat(kept())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.name()).isEqualTo(former);
              assertThat(one.at()).isEqualTo(RestoreHouse.AT);
              assertThat(one.saved()).isEqualTo("b");
              assertThat(one.bytes()).isGreaterThan(1_000_000);
            });
  }

  @Test
  void goWhereTheBackupOfThemIsGoodAndStayGone() {
    drop(former);
    drop(former);

    assertThat(kept()).isEmpty();
    assertThat(house.accounts()).isEqualTo("500");
  }

  @Test
  void stayWhereTheyMayBeAllThatIsLeft() {
    BackupShelf shelf = new BackupShelf(house.shop.store, REFERENCE);
    shelf.write(shelf.find("b").orElseThrow().with(null));

    assertThatThrownBy(() -> drop(former))
        .hasMessageContaining("the backup b of it is not proved, so it may be all that is left");
    say("'" + KeptDatabases.said(RestoreHouse.AT, null) + "'");
    assertThatThrownBy(() -> drop(former)).hasMessageContaining("no backup of it is on record");
    say("null");
    assertThatThrownBy(() -> drop(former)).hasMessageContaining("no restore of this database");
    assertThatThrownBy(() -> drop(house.shop.databaseName()))
        .hasMessageContaining("no restore of this database has kept it");
    assertThat(POSTGRES.query(POSTGRES.named(former), "select count(*) from accounts"))
        .isEqualTo("500");
  }
}
