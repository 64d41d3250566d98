package dev.signalbox.workers.policy;

import static dev.signalbox.workers.policy.PipelineText.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Condition;
import dev.signalbox.workflows.policy.Condition.Comparison;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.EnvironmentPolicy.MergeMethod;
import dev.signalbox.workflows.policy.EnvironmentPolicy.ReviewedBy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.RollbackMode;
import dev.signalbox.workflows.policy.EnvironmentPolicy.VerifyPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.WhenBusy;
import dev.signalbox.workflows.policy.PageCheck;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.RequiredCheck;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.policy.ServicePolicy.Sampling;
import dev.signalbox.workflows.policy.SmokeTest;
import dev.signalbox.workflows.policy.VersionFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a file without mistakes says. */
class PipelineFileTest {
  @Test
  void findsNothingWrongWithTheWorkedExample() {
    PipelineFile.Reading example = PipelineFile.load(Path.of("../signalbox.toml"));

    assertThat(example.problems()).isEmpty();
    assertThat(example.orThrow().environments()).containsExactly("staging", "production");
  }

  @Test
  void knowsWhereEachEnvironmentLivesAndByWhichToken() {
    PipelineFile file =
        PipelineFile.parse(
                "signalbox.toml",
                LEAST
                    + """
                    from = "staging"
                    railway = "9e9e"
                    token = "env:RAILWAY_PRODUCTION"
                    [environments.staging]
                    branch = "staging"
                    """)
            .orThrow();

    Pipeline production = file.pipeline("production");

    assertThat(production.home()).isEqualTo(new Home("9e9e", "RAILWAY_PRODUCTION"));
    assertThat(production.sourceHome()).isEqualTo(new Home("0f0c", null));
    assertThat(production.others()).containsExactly(new Home("0f0c", null));
    assertThat(file.pipeline("staging").others())
        .containsExactly(new Home("9e9e", "RAILWAY_PRODUCTION"));
    assertThat(file.pipeline("staging").home()).isEqualTo(new Home("0f0c", null));
    assertThat(file.tokens()).containsExactly("RAILWAY_PRODUCTION");
  }

  @Test
  void knowsTheBranchThatAChainOfEnvironmentsBeginsWith() {
    PipelineFile file =
        PipelineFile.parse(
                "signalbox.toml",
                LEAST
                    + """
                    from = "acceptance"
                    [environments.acceptance]
                    branch = "release"
                    from = "staging"
                    [environments.staging]
                    branch = "develop"
                    """)
            .orThrow();

    assertThat(file.pipeline("production").revertBranch()).isEqualTo("develop");
    assertThat(file.pipeline("acceptance").revertBranch()).isEqualTo("develop");
    assertThat(file.pipeline("staging").revertBranch()).isEqualTo("develop");
  }

  @Test
  void givesAbsentKeysTheirDefaults() {
    Pipeline pipeline =
        PipelineFile.parse("signalbox.toml", LEAST).orThrow().pipeline("production");

    assertThat(pipeline.source()).isNull();
    assertThat(pipeline.people()).isEmpty();
    assertThat(pipeline.environment())
        .isEqualTo(
            new EnvironmentPolicy(
                "production",
                "main",
                null,
                List.of(),
                List.of(),
                Duration.ZERO,
                MergeMethod.MERGE,
                AutoDeploy.REFUSE,
                WhenBusy.QUEUE,
                null,
                List.of("cli"),
                RollbackMode.AUTOMATIC,
                null,
                "{environment}/{date}-{short}",
                Limits.DEFAULTS,
                new VerifyPolicy(
                    3, Duration.ofSeconds(5), Duration.ofMinutes(5), 0, 3, 3, List.of(), null),
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    assertThat(pipeline.services())
        .containsExactly(
            new ServicePolicy(
                "web",
                "web",
                null,
                null,
                null,
                List.of(),
                Map.of(),
                Duration.ofSeconds(10),
                null,
                null));
  }

  @Test
  void mapsEveryKey() {
    Pipeline pipeline = PipelineFile.parse("signalbox.toml", FULL).orThrow().pipeline("production");

    assertThat(pipeline.project())
        .isEqualTo(new Pipeline.Project("inspector", "acme/inspector", "0f0c"));
    assertThat(pipeline.source().name()).isEqualTo("staging");
    assertThat(pipeline.source().soak()).isEqualTo(Duration.ofMinutes(30));
    assertThat(pipeline.environment())
        .isEqualTo(
            new EnvironmentPolicy(
                "production",
                "main",
                "staging",
                List.of(RequiredCheck.named("python-ci"), new RequiredCheck("lint (*)", 2)),
                List.of("neutral"),
                Duration.ofMinutes(90),
                MergeMethod.MERGE,
                AutoDeploy.SWITCH_OFF,
                WhenBusy.SUPERSEDE,
                new Approvals(2, List.of("release-managers"), true, Duration.ofDays(2)),
                List.of("cli", "temporal-ui"),
                RollbackMode.ASK,
                true,
                "v/{date}-{short}",
                new Limits(
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(40),
                    Duration.ofMinutes(1),
                    Duration.ofHours(2),
                    Duration.ofMinutes(3),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(200)),
                new VerifyPolicy(
                    5,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(2),
                    1,
                    4,
                    6,
                    List.of(
                        new PageCheck("frontend", "/login?x=1", 200, "Sign in", true),
                        new PageCheck(null, "/old", 301, null, false)),
                    new SmokeTest(
                        List.of("pytest", "--base-url", "{url.frontend}", "{\"a\":1}"),
                        Duration.ofMinutes(2))),
                ReviewedBy.EACH,
                List.of("DATABASE_URL", "API_KEY"),
                "{Environment} {date}",
                null,
                null,
                "promote/{timestamp}",
                null,
                true,
                true));
    assertThat(pipeline.services())
        .containsExactly(
            new ServicePolicy(
                "backend",
                "api",
                "/ready",
                "/version",
                "https://api.example.com",
                List.of(),
                Map.of(
                    "/database",
                    List.of(new Condition(Comparison.IS, "\"connected\"")),
                    "/workers",
                    List.of(
                        new Condition(Comparison.AT_LEAST, "2"),
                        new Condition(Comparison.AT_MOST, "8"))),
                Duration.ofSeconds(3),
                new Sampling(Duration.ofSeconds(20), 2),
                new VersionFile("backend/VERSION", "^(.+)$")),
            new ServicePolicy(
                "frontend",
                "frontend",
                "/",
                null,
                null,
                List.of("backend"),
                Map.of(),
                Duration.ofSeconds(10),
                null,
                null));
    assertThat(pipeline.people())
        .containsExactly(
            new Person("ana", "release-managers", "ana-dev", "U012AB3CD", "ana@example.com"),
            new Person("ben", "release-managers", "ben-dev", null, null));
  }

  @Test
  void readsWhatAServiceIsMadeOfAndWhatBecomesOfItUnchanged() {
    Pipeline pipeline =
        PipelineFile.parse(
                "signalbox.toml",
                LEAST
                    .replace("[services.web]", "[services.web]\npaths = [\"web/**\", \"VERSION\"]")
                    .replace(
                        "branch = \"main\"",
                        "branch = \"main\"\nunchanged = \"skip\"\npartial = true"))
            .orThrow()
            .pipeline("production");

    assertThat(pipeline.environment().skipsUnchanged()).isTrue();
    assertThat(pipeline.environment().allowsPartial()).isTrue();
    assertThat(pipeline.services().get(0).paths()).containsExactly("web/**", "VERSION");
  }

  private static final String FULL =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "0f0c"

      [services.frontend]
      health = "/"
      after = ["backend"]
      [services.backend]
      health = "/health"
      version = "/version"
      railway = "api"
      url = "https://elsewhere.example.com"
      timeout = "3s"
      interval = "20s"
      retries = 2
      version_from = { file = "backend/VERSION", pattern = "^(.+)$" }
      expect = { "/database" = "connected" }

      [environments.staging]
      branch = "staging"
      soak = "30m"
      [environments.production]
      branch = "main"
      from = "staging"
      checks = ["python-ci", { name = "lint (*)", count = 2 }]
      accept = ["neutral"]
      soak = "1h30m"
      merge = "merge"
      auto_deploy = "switch-off"
      when_busy = "supersede"
      reviewed = "each"
      requires = ["DATABASE_URL", "API_KEY"]
      title = "{Environment} {date}"
      head = "promote/{timestamp}"
      approvals = { required = 2, from = ["release-managers"], self = true, expires = "2d" }
      trust = ["cli", "temporal-ui"]
      rollback = "ask"
      rebuild = true
      revert = true
      sync = true
      tag = "v/{date}-{short}"
      [environments.production.limits]
      checks = "30m"
      build = "40s"
      deploy = "1m"
      total = "2h"
      away = "3m"
      settle = "2s"
      poll = "200ms"
      [environments.production.verify]
      successes = 5
      every = "1s"
      timeout = "2m"
      fail = 1
      error = 4
      inconclusive = 6
      pages = [
        { service = "frontend", path = "/login?x=1", contains = "Sign in", assets = true },
        { path = "/old", status = 301 },
      ]
      smoke = ["pytest", "--base-url", "{url.frontend}", '{"a":1}']
      smoke_timeout = "2m"
      [environments.production.services.backend]
      health = "/ready"
      url = "https://api.example.com"
      expect = { "/workers" = { at_least = 2, at_most = 8 } }

      [people.release-managers]
      ana = { github = "ana-dev", slack = "U012AB3CD", email = "ana@example.com" }
      ben = { github = "ben-dev" }
      """;

  @Test
  void tellsPeopleInAChannelAtSlack() {
    PipelineFile file =
        PipelineFile.parse(
                "signalbox.toml",
                FULL
                    + "[notify]\nslack = { token = \"env:SLACK_BOT_TOKEN\","
                    + " channel = \"C024BE91L\" }\n")
            .orThrow();

    assertThat(file.notices().slack())
        .contains(new NotifyTable.Slack("SLACK_BOT_TOKEN", "C024BE91L"));
    assertThat(file.pipeline("production").slack()).isEqualTo("C024BE91L");
  }

  @Test
  void quotesNoTokenOfSlackThatStandsInTheFile() {
    var reading =
        PipelineFile.parse(
            "signalbox.toml",
            FULL + "[notify]\nslack = { token = \"xoxb-1-secret\", channel = \"#deploy\" }\n");

    assertThat(reading.problems().toString())
        .contains(
            "notify.slack.token", "a token itself", "notify.slack.channel", "the channel's id")
        .doesNotContain("xoxb-1");
  }

  @Test
  void asksTheSourceByWhatTheSourceSays() {
    String file =
        FULL
            + """
            [environments.staging.services.frontend]
            health = "/up"
            url = "https://staging.example.com"
            """;

    Pipeline pipeline = PipelineFile.parse("signalbox.toml", file).orThrow().pipeline("production");

    ServicePolicy backend = pipeline.servicesInSource().get(0);
    ServicePolicy frontend = pipeline.servicesInSource().get(1);
    assertThat(backend.health()).isEqualTo("/health");
    assertThat(backend.expect()).containsOnlyKeys("/database");
    assertThat(backend.url()).isNull();
    assertThat(frontend.health()).isEqualTo("/up");
    assertThat(frontend.url()).isEqualTo("https://staging.example.com");
    assertThat(pipeline.service("frontend").health()).isEqualTo("/");
  }

  @Test
  void readsAJob() {
    String file = LEAST.replace("[services.web]", "[services.web]\nkind = \"job\"");

    Pipeline pipeline = PipelineFile.parse("signalbox.toml", file).orThrow().pipeline("production");

    assertThat(pipeline.service("web").job()).isTrue();
    String spoken = file.replace("\"job\"", "\"web\"");
    assertThat(PipelineFile.parse("signalbox.toml", spoken).orThrow().pipeline("production"))
        .isEqualTo(PipelineFile.parse("signalbox.toml", LEAST).orThrow().pipeline("production"));
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() {
    assertThat(PipelineFile.parse("signalbox.toml", "\uFEFF" + LEAST).problems()).isEmpty();
  }
}
