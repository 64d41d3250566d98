package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  private static DatabaseAddress address(String value) {
    return new DatabaseAddress("DATABASE_URL", value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://ana:p%40ss-canary@db.example.com:6543/shop",
        "postgresql://ana:p%40ss-canary@db.example.com:6543/shop?sslmode=require",
        "postgresql+asyncpg://ana:p%40ss-canary@db.example.com:6543/shop?ssl=require",
        "postgresql+psycopg2://ana:p%40ss-canary@db.example.com:6543/shop"
      })
  void knowsThePartsWhateverTheSchemeSays(String value) {
    PostgresUrl url = address(value).url().orElseThrow();

    assertThat(url.user()).isEqualTo("ana");
    assertThat(url.password()).isEqualTo("p@ss-canary");
    assertThat(address(value).place()).isEqualTo("db.example.com:6543/shop");
    assertThat(address(value).toString())
        .isEqualTo("DATABASE_URL (db.example.com:6543/shop)")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlite:///shop.db",
        "mysql://ana:x@db/shop",
        "postgresql://ana:x@db.example.com",
        "postgresql:///shop?host=/var/run",
        "postgresql://ana:x@one,two/shop",
        "postgresql://ana:x@db:123456/shop",
        "postgresql://ana:x@db:99999/shop",
        "${{Postgres.DATABASE_URL}}",
        "hunter2"
      })
  void takesNothingThatIsNoPostgresByHostAndPort(String value) {
    assertThat(address(value).usable()).isFalse();
    assertThat(address(value).toString()).isEqualTo("DATABASE_URL");
  }

  @Test
  void hidesThePasswordInEachOfItsForms() {
    DatabaseAddress address = address("postgres://ana:p%40ss%2Fcanary@db:5432/shop");

    assertThat(
            address.hiddenIn(
                "postgresql://ana:p%40ss%2Fcanary@db p@ss/canary p%40ss%2Fcanary "
                    + address.value()))
        .doesNotContain("canary")
        .contains("@db ***");
  }

  @Test
  void hidesThePasswordOfAnAddressThatIsNone() {
    assertThat(address("oracle://ana:canary@db/x").hiddenIn("canary said no"))
        .isEqualTo("*** said no");
  }

  @Test
  void handsTheSettingsOfTheConnectionToTheDriver() {
    PostgresUrl url =
        address(
                "postgresql://ana:x@db/shop?sslmode=verify-full&sslrootcert=/ca.pem"
                    + "&options=-c%20search_path%3Dapp&application_name=app&ssl=True")
            .url()
            .orElseThrow();

    assertThat(DatabaseSession.properties(url))
        .containsAllEntriesOf(
            Map.of(
                "sslmode", "verify-full",
                "sslrootcert", "/ca.pem",
                "options", "-c search_path=app",
                "user", "ana",
                "PGDBNAME", "shop"))
        .doesNotContainKey("application_name");
    assertThat(DatabaseSession.jdbc(url)).isEqualTo("jdbc:postgresql://db:5432/");
  }

  @Test
  void writesAnAddressOfVersionSixAsTheDriverReadsIt() {
    PostgresUrl url = address("postgresql://ana:x@[::1]:5433/shop").url().orElseThrow();

    assertThat(DatabaseSession.jdbc(url)).isEqualTo("jdbc:postgresql://[::1]:5433/");
    assertThat(url.place()).isEqualTo("[::1]:5433/shop");
  }
}
