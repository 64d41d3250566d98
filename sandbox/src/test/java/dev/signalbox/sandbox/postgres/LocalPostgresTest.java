package dev.signalbox.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalPostgresTest {
  @Test
  void givesJavasDriverTheUserAsAParameter() {
    assertThat(
            LocalPostgres.jdbc(
                "postgresql+asyncpg://ana:p%40ss@db.example:6543/shop?sslmode=require"))
        .isEqualTo(
            "jdbc:postgresql://db.example:6543/shop?sslmode=require&user=ana&password=p%40ss");
  }

  @Test
  void leavesOutWhatAnAddressDoesNotSay() {
    assertThat(LocalPostgres.jdbc("postgres://localhost/shop"))
        .isEqualTo("jdbc:postgresql://localhost/shop");
  }
}
