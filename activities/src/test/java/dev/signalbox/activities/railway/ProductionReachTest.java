package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionReachTest {
  private static final Map<String, String> PRODUCTION =
      Map.ofEntries(
          Map.entry("DATABASE_URL", "postgresql+psycopg://app:p@ss@db.acme.com:5432/shop"),
          Map.entry("QUEUE_URL", "amqp://mq.railway.internal"),
          Map.entry("REDIS_HOST", "cache.acme.com"),
          Map.entry("SMTP_HOST", "smtp.mail.com"),
          Map.entry("UPLOADS_BUCKET", "acme-uploads"),
          Map.entry("DOWNLOADS", "s3://acme-downloads/files"),
          Map.entry("PICTURES", "https://acme-pictures.s3.eu-west-1.amazonaws.com/x.png"),
          Map.entry("BACKUPS", "https://storage.googleapis.com/acme-backups/x"),
          Map.entry("API_URL", "https://api.stripe.com"),
          Map.entry("STRIPE_KEY", "sk_live_0123456789"),
          Map.entry("KEYCLOAK_URL", "https://id.acme.com"),
          Map.entry("DB_PASSWORD", "postgres"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://x:y@db.acme.com/shop",
        "postgres://x:y@DB.acme.com:5432/shop?sslmode=require",
        "jdbc:postgresql://db.acme.com/shop",
        "postgres://x:y@replica.acme.com,db.acme.com/shop",
        "host=db.acme.com dbname=shop user=x",
        "postgres://x:y@10.0.0.7/shop",
        "mysql://x@elsewhere.acme.com/a and postgres://x:y@db.acme.com/shop",
        "amqp://mq.railway.internal:5672/",
        "redis://cache.acme.com:6379/0",
        "postgres://x:y@proxy.rlwy.net:41234/anything",
        "postgres://x:y@%64b.acme.com/s%68op",
        "postgres://x:y@db.acme.com.:5432/shop",
        "amqp://mq.railway.internal.:5672/",
        "redis://10.1.1.1/0,redis://cache.acme.com:6379/0",
        "redis://10.1.1.1:6379;redis://cache.acme.com:6379"
      })
  void findsAnAddressOfADatabaseThatProductionUses(String value) {
    assertThat(reached(Map.of("ANY", value))).containsKey("ANY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://x:y@db.acme.com/staging",
        "postgres://x:y@db.acme.com:6432/shop",
        "postgres://x:y@staging-db.acme.com/shop",
        "https://api.stripe.com",
        "amqp://own.railway.internal",
        "https://id.acme.com/realms/staging",
        "xsk_live_01234567890",
        "s3://acme-uploads-staging/x",
        "https://acme-pictures-staging.s3.eu-west-1.amazonaws.com/x.png",
        "https://s3.eu-west-1.amazonaws.com/acme-uploads-staging/x",
        "https://docs.acme.com/acme-uploads",
        "50%off",
        "smtp.mail.com",
        "postgres",
        ""
      })
  void letsWhatIsItsOwnOrEverybodysPass(String value) {
    assertThat(reached(Map.of("ANY_HOST", value, "ANY", value))).isEmpty();
  }

  @Test
  void findsADatabaseThatIsNamedInParts() {
    assertThat(reached(Map.of("PGHOST", "db.acme.com", "PGDATABASE", "shop")))
        .containsOnlyKeys("PGHOST");
    assertThat(reached(Map.of("MAIN_HOST", "db.acme.com"))).containsOnlyKeys("MAIN_HOST");
    assertThat(reached(Map.of("PGHOST", "db.acme.com", "PGDATABASE", "staging"))).isEmpty();
    assertThat(reached(Map.of("CACHE_HOST", "10.0.0.8"))).containsOnlyKeys("CACHE_HOST");
  }

  @ParameterizedTest
  @CsvSource({
    "BUCKET, acme-uploads, bucket",
    "FILES, s3://acme-uploads/x, bucket",
    "ANYTHING, gs://acme-downloads, bucket",
    "DOWNLOADS_BUCKET, acme-downloads, bucket",
    "FILES, https://acme-uploads.s3.eu-west-1.amazonaws.com/x, bucket",
    "PICTURES_BUCKET, acme-pictures, bucket",
    "FILES, s3://acme-pictures/y, bucket",
    "FILES, https://s3.eu-west-1.amazonaws.com/acme-pictures/y, bucket",
    "FILES, https://key:word@acme-uploads.s3-eu-west-1.amazonaws.com, bucket",
    "FILES, https://storage.googleapis.com/acme-uploads/y, bucket",
    "FILES, https://1f2e.r2.cloudflarestorage.com/acme-backups, bucket",
    "ANYTHING, sk_live_0123456789, key",
    "ANYTHING, eu:sk_live_0123456789;v2, key"
  })
  void findsABucketAndAKey(String name, String value, String what) {
    assertThat(reached(Map.of(name, value)).get(name))
        .contains(what)
        .contains("production")
        .doesNotContain(value);
  }

  private static Map<String, String> reached(Map<String, String> base) {
    DataStore.Addresses addresses =
        new DataStore.Addresses(
            host ->
                switch (host) {
                  case "db.acme.com", "10.0.0.7" -> Set.of("10.0.0.7");
                  case "cache.acme.com", "10.0.0.8" -> Set.of("10.0.0.8");
                  default -> Set.of();
                });
    ProductionReach production = new ProductionReach("production", addresses);
    production.uses(PRODUCTION);
    production.isReachedAt("proxy.rlwy.net:41234");
    return production.reachedBy(base, Set.of("own.railway.internal"));
  }
}
