package dev.signalbox.workflows.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseIdentityTest {
  private static final DatabaseIdentity PLANNED = new DatabaseIdentity("db:5432/app", "1");

  @Test
  void isTheSameWhereAddressAndServerAre() {
    assertThat(PLANNED.differsFrom(new DatabaseIdentity("db:5432/app", "1"))).isEmpty();
  }

  @Test
  void isAnotherOneByItsAddressAlsoOnACloneOfTheServer() {
    assertThat(new DatabaseIdentity("copy:5432/app", "1").differsFrom(PLANNED))
        .contains(
            "this was planned for the database db:5432/app, and its variable names copy:5432/app"
                + " now");
  }

  @Test
  void isAnotherOneByItsServer() {
    assertThat(new DatabaseIdentity("db:5432/app", "2").differsFrom(PLANNED)).isPresent();
  }

  @Test
  void isNotDoubtedWhereSomebodyCouldNotAsk() {
    DatabaseIdentity silent = new DatabaseIdentity("db:5432/app", null);

    assertThat(silent.differsFrom(PLANNED)).isEmpty();
    assertThat(PLANNED.differsFrom(silent)).isEmpty();
    assertThat(PLANNED.differsFrom(null)).isEmpty();
  }
}
