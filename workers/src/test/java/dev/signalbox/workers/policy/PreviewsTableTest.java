package dev.signalbox.workers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.PreviewChoice;
import dev.signalbox.workflows.policy.PreviewDatabasePolicy;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewProvider;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.policy.PreviewUpkeep.WhenFull;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewsTableTest {
  private static final String REST =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "rw"
      [services.backend]
      health = "/health"
      [environments.staging]
      branch = "develop"
      [environments.production]
      branch = "main"
      from = "staging"
      """;

  @Test
  void hasTheBranchOfItsBaseAndANameByDefault() {
    PreviewSettings settings = read("[previews]\nbase = \"staging\"\n");

    assertThat(settings.previews().branches()).containsExactly("develop");
    assertThat(settings.previews().environment(7)).isEqualTo("pr-7");
    assertThat(settings.base().environment().name()).isEqualTo("staging");
    assertThat(settings.others()).containsExactly("production");
    assertThat(settings.previews().choice()).isEqualTo(PreviewChoice.USUAL);
    assertThat(settings.previews().provider()).isEqualTo(PreviewProvider.SIGNALBOX);
    assertThat(settings.previews().choice().fits("whatever")).isTrue();
    assertThat(settings.previews().upkeep())
        .isEqualTo(
            new PreviewUpkeep(
                Duration.ofMinutes(10), Duration.ofSeconds(35), null, WhenFull.WAIT, null, null));
  }

  @Test
  void saysWhoMayConsentToAForkByGroupsOfTheFile() {
    String people =
        """
        [people.maintainers]
        ana = {}
        [people.guests]
        ben = {}
        deb = { github = "deb[bot]" }
        """;
    String table = "[previews]\nbase = \"staging\"\n";

    PreviewSettings some = read(people + table + "consent = [\"maintainers\"]\n");
    PreviewSettings all = read(people + table);

    assertThat(some.previews().choice().consenters(some.base().people()))
        .extracting(Person::name)
        .containsExactly("ana");
    assertThat(all.previews().choice().consenters(all.base().people()))
        .extracting(Person::name)
        .containsExactly("ana", "ben");
    assertThat(problems(people + table + "consent = [\"strangers\"]\n")).contains("strangers");
  }

  @Test
  void readsEveryKey() {
    PreviewPolicy policy =
        read("""
        [previews]
        base = "staging"
        branches = ["develop", "main"]
        name = "preview-{number}-x"
        shared = ["SENTRY_DSN", "backend.STRIPE_KEY"]
        heads = ["feature/*", "fix-*-now"]
        drafts = true
        bots = true
        label = "preview"
        sweep = "5m"
        create_every = "40s"
        limit = 10
        when_full = "remove-idle"
        provider = "railway"
        ttl = "72h"
        max_age = "14d"
        """)
            .previews();

    assertThat(policy.branches()).containsExactly("develop", "main");
    assertThat(policy.environment(12)).isEqualTo("preview-12-x");
    assertThat(policy.number("preview-12-x")).hasValue(12);
    assertThat(policy.number("preview-012-x")).isEmpty();
    assertThat(policy.number("preview-12")).isEmpty();
    assertThat(policy.shared()).containsExactly("SENTRY_DSN", "backend.STRIPE_KEY");
    assertThat(policy.choice().drafts() && policy.choice().bots()).isTrue();
    assertThat(policy.choice().label()).isEqualTo("preview");
    assertThat(policy.choice().fits("feature/a/b")).isTrue();
    assertThat(policy.choice().fits("fix-it-now")).isTrue();
    assertThat(policy.choice().fits("my-feature/a")).isFalse();
    assertThat(policy.provider()).isEqualTo(PreviewProvider.RAILWAY);
    assertThat(policy.upkeep())
        .isEqualTo(
            new PreviewUpkeep(
                Duration.ofMinutes(5),
                Duration.ofSeconds(40),
                10,
                WhenFull.REMOVE_IDLE,
                Duration.ofDays(3),
                Duration.ofDays(14)));
  }

  @Test
  void givesEachADatabaseOfItsOwnWhereTheWorkerMigrates() {
    String migrations = "[migrations]\ndirectory = \"backend\"\nservice = \"backend\"\n";
    String previews = "[previews]\nbase = \"staging\"\n";

    assertThat(read(previews).database()).isNull();
    assertThat(read(migrations + previews).database())
        .isEqualTo(new PreviewDatabasePolicy(null, null));
    assertThat(read(migrations + previews + "database = \"shared\"\n").database()).isNull();
    assertThat(
            read(migrations + previews + "database = \"env:PG\"\nseed = [\"./seed\", \"-q\"]\n")
                .database())
        .isEqualTo(new PreviewDatabasePolicy("PG", List.of("./seed", "-q")));
    assertThat(problems(previews + "database = \"own\"\nseed = [\"./seed\"]\n"))
        .contains("previews.database: found \"own\" without [migrations]")
        .contains("previews.seed: found a command");
    assertThat(problems(migrations + previews + "database = \"postgres://x\"\n"))
        .contains("previews.database: found \"postgres://x\"");
  }

  @Test
  void hasNoneWhereTheFileHasNoTable() {
    assertThat(read("").previews()).isNull();
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    assertThat(
            problems(
                """
                [previews]
                base = "stagin"
                name = "pr"
                on_unknown = "repeat"
                when_full = "panic"
                """))
        .contains("signalbox.toml:13:1: previews.base")
        .contains("did you mean \"staging\"?")
        .contains("signalbox.toml:14:1: previews.name")
        .contains("signalbox.toml:15:1: previews.on_unknown")
        .contains("its capability is not built yet (deployments of previews that are repeated)")
        .contains("signalbox.toml:16:1: previews.when_full");
  }

  @Test
  void refusesProductionAsABaseAndANameThatAnEnvironmentHas() {
    assertThat(problems("[previews]\nbase = \"production\"\n"))
        .contains("with which the chain of environments ends");
    assertThat(
            problems(
                """
                [environments.pr-1]
                branch = "x"
                [previews]
                base = "staging"
                """))
        .contains("by which pr-1 would be a preview");
  }

  private static PreviewSettings read(String previews) {
    return PipelineFile.parse("signalbox.toml", REST + previews).orThrow().previews();
  }

  private static String problems(String previews) {
    return PipelineFile.parse("signalbox.toml", REST + previews).problems().toString();
  }
}
