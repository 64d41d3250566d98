package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.starter.cli.OutputSchema;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alembic and a real PostgreSQL behind the backend. */
@Order(House.MIDDLING)
final class MigratedPromotionTest {
  @TempDir Path directory;

  private final Databases databases = Databases.of(House.STAGING, House.PRODUCTION);

  private House house() {
    House house =
        House.at(directory)
            .sandbox(databases::in)
            .variable("PG_BIN", databases.programs().toString())
            .open();
    databases.leaveToUs(house);
    return house;
  }

  @Test
  void bringsTheSchemaUpToDateBeforeTheCode() throws IOException {
    try (House house = house()) {
      databases.execute(House.PRODUCTION, "insert into inspections (title) values ('old')");
      assertThat(databases.revisions(House.PRODUCTION)).containsExactly("0001");
      JsonNode plan = printed(house, "migrate-plan", "migrate", "plan", House.PRODUCTION);
      assertThat(plan.get("revisions")).hasSize(2);

      PromotionResult result = house.promoteAndApprove(House.PRODUCTION);

      assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
      assertThat(databases.revisions(House.PRODUCTION)).containsExactly("0003");
      assertThat(
              databases.ask(House.PRODUCTION, "select state from inspections where title = 'old'"))
          .containsExactly("open");
      assertThat(names(result)).containsSubsequence("backup", "rehearse", "migrate", "deploy");
      JsonNode status = printed(house, "migrate-status", "migrate", "status", House.PRODUCTION);
      assertThat(status.at("/lastRun/schema/at/0").asText()).isEqualTo("0003");
    }
  }

  @Test
  void deploysNothingWhenARevisionFails() {
    try (House house = house()) {
      databases.execute(
          House.PRODUCTION, "insert into inspections (title) values ('twice'), ('twice')");
      house.releaseOnStaging(
          Map.of(
              "backend/migrations/versions/0004_unique.py",
              revision(
                  "0004",
                  "0003",
                  "op.execute(\"insert into inspections (id, title) overriding system value"
                      + " select 1, 'x' from inspections where title = 'twice'\")")));

      PromotionResult result = house.promoteAndApprove(House.PRODUCTION);

      assertThat(result.result()).as(result.report()).isEqualTo(Result.FAILED);
      assertThat(result.detail()).contains("0004").doesNotContain("twice");
      assertThat(databases.revisions(House.PRODUCTION)).doesNotContain("0004");
      assertThat(house.effectsByService(House.DEPLOY, House.PRODUCTION)).isEmpty();
    }
  }

  /** What the command prints as JSON, as its schema says. */
  private static JsonNode printed(House house, String schema, String... command)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--output", "json"));
    Terminal terminal = house.terminal();
    terminal.run(words.toArray(new String[0]));
    return OutputSchema.checked(schema, terminal.out());
  }

  private static List<String> names(PromotionResult result) {
    return result.steps().stream().map(Step::name).toList();
  }

  /** A revision as Alembic writes it, with these statements in its upgrade. */
  static String revision(String id, String before, String... upgrade) {
    return """
    \"""A test\"""

    import sqlalchemy as sa
    from alembic import op

    revision = "%s"
    down_revision = "%s"


    def upgrade():
        %s


    def downgrade():
        pass
    """
        .formatted(id, before, String.join("\n    ", upgrade));
  }
}
