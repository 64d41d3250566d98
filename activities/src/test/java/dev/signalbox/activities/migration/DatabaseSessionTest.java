package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.MigrationException.Fault;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL. */
class DatabaseSessionTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  private static DatabaseSession open(String address) {
    return DatabaseSession.open(new DatabaseAddress("DATABASE_URL", address), "signalbox-test");
  }

  private static void failsBecause(Fault fault, String sentence, String address) {
    assertThatThrownBy(() -> open(address).close())
        .isInstanceOfSatisfying(
            MigrationException.class, failed -> assertThat(failed.fault()).isEqualTo(fault))
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }

  @Test
  void asksTheDatabaseThatTheAddressNames() {
    String address = POSTGRES.database();

    try (DatabaseSession session = open(address)) {
      assertThat(session.value("select current_database()"))
          .isEqualTo(address.substring(address.lastIndexOf('/') + 1));
      assertThat(session.value("select current_setting('application_name')"))
          .isEqualTo("signalbox-test");
    }
  }

  @Test
  void keepsNoTransactionOpen() {
    String address = POSTGRES.database();

    try (DatabaseSession session = open(address)) {
      session.value("select 1");

      assertThat(
              POSTGRES.query(
                  address,
                  "select state from pg_stat_activity where datname = current_database()"
                      + " and application_name = 'signalbox-test'"))
          .isEqualTo("idle");
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    failsBecause(Fault.UNREACHABLE, "127.0.0.1:1/x", "postgresql://ana:canary@127.0.0.1:1/x");
  }

  @Test
  void saysThatThePasswordIsWrong() {
    failsBecause(
        Fault.REFUSED,
        "password authentication failed for user \"guarded\"",
        POSTGRES.guarded(POSTGRES.database(), "wrong-canary"));
  }

  @Test
  void takesThePasswordOfTheAddress() {
    try (DatabaseSession session =
        open(POSTGRES.guarded(POSTGRES.database(), PostgresServer.PASSWORD))) {
      assertThat(session.value("select current_user")).isEqualTo("guarded");
    }
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    failsBecause(Fault.REFUSED, "\"not_there\" does not exist", POSTGRES.named("not_there"));
  }

  @Test
  void saysThatTheServerHasNoEncryption() {
    failsBecause(Fault.REFUSED, "SSL", POSTGRES.database() + "?sslmode=require");
  }

  @Test
  void namesThePublicVariableWhereTheHostIsPrivate() {
    DatabaseAddress hidden =
        new DatabaseAddress("DATABASE_URL", "postgresql://ana:x@postgres.railway.internal/railway");

    assertThat(new DatabaseFailure(hidden).unreachable("Connecting", "no such host"))
        .hasMessageContaining("usually DATABASE_PUBLIC_URL");
  }

  @Test
  void leavesRowsOutOfWhatItQuotes() {
    String address = POSTGRES.database();

    try (DatabaseSession session = open(address)) {
      session.run("create table t (name text unique)");
      session.run("insert into t values ('canary')");

      assertThatThrownBy(() -> session.run("insert into t values ('canary')"))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("t_name_key")
          .hasMessageNotContaining("canary");
    }
  }
}
