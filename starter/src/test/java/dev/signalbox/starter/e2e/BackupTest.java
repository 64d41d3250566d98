package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.postgres.LocalPostgres;
import dev.signalbox.starter.cli.OutputSchema;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.starter.demo.DemoPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real PostgreSQL whose address Railway has. */
@Order(House.MIDDLING)
class BackupTest {
  @TempDir Path directory;

  @Test
  void savesProvesListsAndClearsAwayAndNamesTheOneThatWasChanged() throws IOException {
    try (LocalPostgres postgres = DemoPostgres.start(directory);
        House house = house(postgres)) {
      Terminal terminal = house.terminal();

      assertThat(terminal.run("backup", "list", "production")).as(terminal.err()).isZero();
      assertThat(terminal.out()).contains("there is no backup of production yet");
      assertThat(terminal.run("backup", "verify", "production")).isEqualTo(1);
      assertThat(terminal.err()).contains("there is no backup of production yet");

      assertThat(terminal.run("backup", "now", "production")).as(terminal.err()).isZero();
      assertThat(terminal.out())
          .contains("good\n", "at 6f7a8b9c0d1e", "/archive/backups/inspector/production/")
          .containsPattern("proved .*: \\d+ objects, 501 rows, contents of 2 tables");
      assertThat(terminal.err()).contains("backup/inspector/production/").contains("under way");

      assertThat(terminal.run("backup", "now", "production", "--output", "json"))
          .as(terminal.err())
          .isZero();
      JsonNode second = OutputSchema.checked("backup", terminal.out());
      assertThat(second.at("/backup/good").asBoolean()).isTrue();
      assertThat(second.at("/backup/verified/tables"))
          .hasToString("[\"public.accounts\",\"public.alembic_version\"]");
      assertThat(second.get("pruned")).hasSize(1);

      assertThat(terminal.run("backup", "verify", "production")).as(terminal.err()).isZero();
      String id = second.at("/backup/id").asText();
      assertThat(terminal.out()).contains(id + "  good");

      Path dump = directory.resolve("archive/backups/inspector/production/" + id + ".dump");
      byte[] bytes = Files.readAllBytes(dump);
      bytes[bytes.length / 2] ^= 1;
      Files.write(dump, bytes);
      assertThat(terminal.run("backup", "verify", "production", "--backup", id)).isEqualTo(1);
      assertThat(terminal.err()).contains("it is not the file that was written: other bytes");
      assertThat(terminal.run("backup", "list", "production")).isZero();
      assertThat(terminal.out().lines()).singleElement().asString().contains("  not proved  ", id);
      assertThat(terminal.run("backup", "list", "production", "--output", "json")).isZero();
      OutputSchema.checked("backups", terminal.out());

      String[] schedule = {"backup", "schedule", "production", "--output", "json"};
      assertThat(terminal.run(schedule)).as(terminal.err()).isZero();
      assertThat(OutputSchema.checked("backup-schedule", terminal.out()).get("schedule").isNull())
          .isTrue();
      assertThat(terminal.run("backup", "schedule", "production", "--at", "03:00"))
          .as(terminal.err())
          .isZero();
      assertThat(terminal.out()).contains("production  daily at 03:00 UTC\n  next      20");
      assertThat(terminal.run("backup", "schedule", "production", "--pause")).isEqualTo(2);
      assertThat(terminal.run(schedule)).isZero();
      assertThat(
              OutputSchema.checked("backup-schedule", terminal.out()).at("/schedule/cron").asText())
          .isEqualTo("0 3 * * *");
    }
  }

  @Test
  void saysWhyThereCanBeNone() {
    try (LocalPostgres postgres = DemoPostgres.start(directory);
        House house = house(postgres)) {
      LocalPostgres.execute(
          postgres.address("shop"), "drop table accounts", "drop table alembic_version");
      Terminal terminal = house.terminal();

      assertThat(terminal.run("backup", "now", "production")).isEqualTo(1);
      assertThat(terminal.err())
          .contains(
              "Backing up the database (production)",
              "it is empty: there is no table in it.\nA backup of it would prove nothing")
          .doesNotContain(postgres.password());
      assertThat(terminal.run("backup", "now", "nowhere")).isEqualTo(2);
      assertThat(terminal.err()).contains("It has: staging, production.");
      assertThat(terminal.run("backup")).isEqualTo(2);
      assertThat(directory.resolve("archive")).doesNotExist();
    }
  }

  private House house(LocalPostgres postgres) {
    String address = postgres.database("shop");
    LocalPostgres.execute(
        address,
        "create table alembic_version (version_num varchar(32) primary key)",
        "insert into alembic_version values ('6f7a8b9c0d1e')",
        "create table accounts as select generate_series(1, 500) as id");
    return House.at(directory)
        .sandbox(
            settings ->
                settings.withInstances(
                    List.of(
                        new InstanceSettings(
                            House.PRODUCTION, "backend", Map.of("DATABASE_URL", address), null))))
        .configured(toml -> toml.replace("[migrations]\n", "[migrations]\nkeep = 1\n"))
        .variable("PG_BIN", postgres.programs().toString())
        .open();
  }
}
