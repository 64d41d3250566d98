package dev.signalbox.workers.policy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.policy.Condition;
import dev.signalbox.workflows.policy.Condition.Comparison;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Approvals;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineFileTest {
  private static final String LEAST =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "0f0c"
      [services.web]
      [environments.production]
      branch = "main"
      """;

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
  void neverRepeatsATokenThatSomebodyWroteIntoTheFile() {
    List<Problem> problems =
        PipelineFile.parse("signalbox.toml", LEAST + "token = \"d41d8cd9-secret\"\n").problems();

    assertThat(problems)
        .singleElement()
        .asString()
        .contains("environments.production.token", "\"env:NAME\"")
        .doesNotContain("d41d8cd9");
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
                "promote/{timestamp}"));
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

  @Test
  void refusesToSkipByWhatSaysNothing() {
    String text =
        problems(
            """
            [project]
            name = "inspector"
            github = "acme/inspector"
            railway = "0f0c"
            [services.web]
            paths = ["/web", "!web/docs", "web/{a,b}"]
            [environments.production]
            branch = "main"
            unchanged = "keep"
            [environments.edge]
            branch = "edge"
            unchanged = "skip"
            partial = true
            auto_deploy = "observe"
            """);

    assertThat(text)
        .contains(
            "signalbox.toml:6:10: services.web.paths: found \"/web\";",
            "signalbox.toml:6:18: services.web.paths: found \"!web/docs\";",
            "signalbox.toml:6:31: services.web.paths: found \"web/{a,b}\";",
            "paths in the repository with *, ** and ?, such as \"backend/**\"",
            "signalbox.toml:9:1: environments.production.unchanged: found \"keep\";"
                + " allowed: \"deploy\" or \"skip\"",
            "signalbox.toml:12:1: environments.edge.unchanged: found \"skip\" where no service"
                + " says what files it is made of; allowed: \"paths\" in [services.<name>]",
            "signalbox.toml:12:1: environments.edge.unchanged: found \"skip\" where Railway deploys"
                + " what is pushed",
            "signalbox.toml:13:1: environments.edge.partial: found true where Railway deploys what"
                + " is pushed to every service");
  }

  @Test
  void namesEveryMistakeWithItsPlaceAndWhatIsAllowed() {
    String text =
        problems(
            """
            [project]
            name = "in spector"
            github = "acme"
            [services.web]
            healht = "/"
            after = ["api"]
            [environments.production]
            branch = "main"
            from = "stagging"
            soak = "10 minutes"
            merge = "squash"
            rollback = true
            checks = ["ci", 4]
            approvals = { required = 2, from = ["managers"] }
            [environments.staging]
            [people.manager]
            ana = { github = "ana-dev" }
            """);

    assertThat(text.lines())
        .containsExactlyInAnyOrder(
            "signalbox.toml:2:1: project.name: found \"in spector\";"
                + " allowed: up to 64 letters, digits, '.', '_' and '-'",
            "signalbox.toml:3:1: project.github: found \"acme\";"
                + " allowed: \"owner/name\" of the repository",
            "signalbox.toml:1:1: project.railway: is missing;"
                + " allowed: the id of the Railway project",
            "signalbox.toml:5:1: services.web.healht: there is no such key;"
                + " did you mean \"health\"?",
            "signalbox.toml:6:1: services.web.after: found \"api\", which is no service;"
                + " allowed: web",
            "signalbox.toml:9:1: environments.production.from: found \"stagging\","
                + " which is no other environment; did you mean \"staging\"?",
            "signalbox.toml:10:1: environments.production.soak: found \"10 minutes\"; allowed: "
                + Durations.ALLOWED,
            "signalbox.toml:11:1: environments.production.merge: found \"squash\";"
                + " a squashed commit is not the one that was tested;"
                + " allowed: \"merge\" or \"fast-forward\"",
            "signalbox.toml:12:1: environments.production.rollback: found true;"
                + " allowed: \"automatic\" or \"ask\" or \"never\"",
            "signalbox.toml:13:17: environments.production.checks: found 4;"
                + " allowed: names of checks, and for a name with * the count that must be there:"
                + " { name = \"Run Tests (shard *)\", count = 4 }",
            "signalbox.toml:14:29: environments.production.approvals.from: found \"managers\","
                + " which is no group of [people]; did you mean \"manager\"?",
            "signalbox.toml:15:1: environments.staging.branch: is missing;"
                + " allowed: the name of a branch, as `git branch` shows it");
  }

  @Test
  void refusesWhatIsNotBuiltYetInsteadOfIgnoringIt() {
    String text =
        problems(
            LEAST
                + """
                freeze = []
                [previews]
                base = "staging"
                """);

    assertThat(text.lines())
        .hasSize(2)
        .allMatch(line -> line.contains("its capability is not built yet"));
  }

  @Test
  void refusesABuildLimitThatTheWholeDeploymentWouldNeverReach() {
    String text = problems(LEAST + "limits = { build = \"30m\" }\n");

    assertThat(text)
        .contains(
            "environments.production.limits.build: found a limit above that of the whole"
                + " deployment, which would never be reached; allowed: at most \"deploy\", now"
                + " 20m");
  }

  @Test
  void refusesCircles() {
    String text =
        problems(
            LEAST
                + """
                from = "production"
                [services.one]
                after = ["two"]
                [services.two]
                after = ["one"]
                """);

    assertThat(text)
        .contains("environments.production.from: found a circle: production -> production;")
        .contains("services.one.after: found a circle: one -> two -> one;")
        .contains("services.two.after: found a circle: two -> one -> two;");
  }

  @Test
  void reportsWhatIsNotTomlTogetherWithTheRest() {
    String text = problems(LEAST + "soak = 10m\nrollback = \"sometimes\"\n");

    assertThat(text)
        .contains("signalbox.toml:8:")
        .contains("not TOML")
        .doesNotContain("is missing");
  }

  @Test
  void saysThatTheFileIsNotThere() {
    List<Problem> problems =
        PipelineFile.load(Path.of("no-such-directory/signalbox.toml")).problems();

    assertThat(problems).singleElement().asString().contains("there is no such file");
  }

  private static String problems(String content) {
    return PipelineFile.parse("signalbox.toml", content).problems().stream()
        .map(Problem::toString)
        .collect(joining("\n"));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "railway = \"0f0c\"|railway = \"a\\tb\"|4:1: project.railway: found \"a\\tb\"; allowed: the"
            + " id",
        "name = \"inspector\"|name = \"\"|2:1: project.name: found \"\"; allowed: up to 64 letters",
        "name = \"inspector\"|name = \"a/b\"|2:1: project.name: found \"a/b\"; allowed: up to 64",
        "name = \"inspector\"|name = 7|2:1: project.name: found 7; allowed: a text in quotes: up to"
            + " 64",
        "[services.web]|[services.\"\"]|5:1: services.\"\": found the name \"\"; allowed: up to 64",
        "[services.web]|[services.\"a/b\"]|5:1: services.\"a/b\": found the name \"a/b\"; allowed",
        "[services.web]|[services.\"a\\n"
            + "b\"]|5:1: services.\"a\\n"
            + "b\": found the name \"a\\n"
            + "b\"; allow",
        "[services.web]|[services]|5:1: services: is missing; allowed: at least one table",
        "[services.web]|services = []|5:1: project.services: there is no such key",
        "[environments.production]|[environments.\"a b\"]|6:1: environments.\"a b\": found the"
            + " name",
        "[environments.production]|[[environments.production]]|6:1: environments.production: found"
            + " a list",
        "branch = \"main\"|branch = \"a..b\"|7:1: environments.production.branch: found \"a..b\";"
            + " allowed",
        "branch = \"main\"|branch = \"-x\"|7:1: environments.production.branch: found \"-x\";"
            + " allowed: the",
        "branch = \"main\"|branch = \"refs/heads/x\"|7:1: environments.production.branch: found"
            + " \"refs/he",
        "branch = \"main\"|branch = \"a\";;branch = \"b\"|8:1: syntax: not TOML; branch previously"
            + " defined",
        "branch = \"main\"|branch = \"main\";;from = \"production\"|8:1:"
            + " environments.production.from: found a circle: production -> production; allowed: a"
            + " chain with a start",
        "branch = \"main\"|branch = \"main\";;from = \"prodution\"|8:1:"
            + " environments.production.from: found \"prodution\", which is no other environment;"
            + " there is none",
        "branch = \"main\"|branch = \"main\";;from = \"nowhere\";;[environments.b];;branch ="
            + " \"b\"|8:1: environments.production.from: found \"nowhere\", which is no other"
            + " environment; allowed: b",
        "branch = \"main\"|branch = \"main\";;from = \"b\";;[environments.b];;branch ="
            + " \"main\"|7:1: environments.production.branch: found \"main\", which is the branch"
            + " of b too; allowed: a",
        "branch = \"main\"|branch = \"main\";;soak = \"-5s\"|8:1: environments.production.soak:"
            + " found \"-5s\"",
        "branch = \"main\"|branch = \"main\";;checks = [\"a (*)\"]|8:11:"
            + " environments.production.checks: found \"a (*)\"; allowed: names of checks, and for"
            + " a name with * the count",
        "branch = \"main\"|branch = \"main\";;checks = [{ name = \"a (*)\" }]|8:11:"
            + " environments.production.checks.count: is missing; allowed: how many checks must"
            + " match a (*)",
        "branch = \"main\"|branch = \"main\";;checks = [{ name = \"a\", count = 2 }]|8:25:"
            + " environments.production.checks.count: found 2; allowed: 1, for a name without *",
        "branch = \"main\"|branch = \"main\";;checks = [{ name = \"a*\", count = 2, cuont = 3"
            + " }]|8:37: environments.production.checks.cuont: there is no such key; allowed: name,"
            + " count",
        "branch = \"main\"|branch = \"main\";;checks = [{ name = \"a*\", count = 0 }]|8:26:"
            + " environments.production.checks.count: found 0; allowed: a whole number from 1 on",
        "branch = \"main\"|branch = \"main\";;requires = [\"A B\"]|8:13:"
            + " environments.production.requires: found \"A B\"; allowed: names of variables",
        "branch = \"main\"|branch = \"main\";;title = \"{day}\"|8:1: environments.production.title:"
            + " found \"{day}\"; allowed: one line with {Environment}",
        "branch = \"main\"|branch = \"main\";;head = \"promote\"|8:1: environments.production.head:"
            + " found \"promote\"; allowed: \"branch\", or the name of a branch with {timestamp}",
        "branch = \"main\"|branch = \"main\";;head = \"a b/{timestamp}\"|8:1:"
            + " environments.production.head:",
        "branch = \"main\"|branch = \"main\";;reviewed = \"all\"|8:1:"
            + " environments.production.reviewed: found \"all\"; allowed: \"each\" or \"promotion\""
            + " or \"off\"",
        "branch = \"main\"|branch = \"main\";;soak = 5|8:1: environments.production.soak: found 5;"
            + " allowed: a",
        "branch = \"main\"|branch = \"main\";;[people.g];;\"\" = {}|9:1: people.g.\"\": found a"
            + " person without",
      })
  void refusesRubbishOnceAndWithItsPlace(String there, String instead, String problem) {
    String file = LEAST.replace(there, instead.replace(";;", "\n"));

    assertThat(PipelineFile.parse("signalbox.toml", file).problems())
        .extracting(Problem::toString)
        .filteredOn(said -> said.startsWith("signalbox.toml:" + problem))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "expect = { database = 1 }|expect.database: found the key \"database\"; allowed: a JSON"
            + " pointer",
        "expect = { \"/a~2\" = 1 }|expect.\"/a~2\": found the key \"/a~2\"; allowed: a JSON"
            + " pointer",
        "expect = { \"/a\" = 2026-01-01 }|expect.\"/a\": found 2026-01-01; allowed: a text, a"
            + " number",
        "expect = { \"/a\" = inf }|expect.\"/a\": found Infinity; allowed: a text, a number, true",
        "expect = { \"/a\" = {} }|expect.\"/a\": found an empty table; allowed: a value, or one of",
        "expect = { \"/a\" = { at_leest = 1 } }|expect.\"/a\".at_leest: there is no such"
            + " comparison; did you mean \"at_least\"?",
        "expect = { \"/a\" = { at_least = \"1\" } }|expect.\"/a\".at_least: found \"1\"; allowed: a"
            + " number",
        "expect = { \"/a\" = { matches = \"(\" } }|expect.\"/a\".matches: found \"(\"; allowed: a"
            + " regular",
        "expect = { \"/a\" = { one_of = [] } }|expect.\"/a\".one_of: found a list; allowed: a list"
            + " of",
        "expect = { \"/a\" = { present = 1 } }|expect.\"/a\".present: found 1; allowed: true or"
            + " false",
        "version_from = { file = \"V\", pattern = \"(.)\" }|version_from: found a version that"
            + " nobody is",
        "version = \"/v\";;version_from = { file = \"/V\", pattern = \"(.)\" }|version_from.file:"
            + " found \"/V\"; allowed: a path in the repository",
        "version = \"/v\";;version_from = { file = \"a/../V\", pattern = \"(.)\""
            + " }|version_from.file: found",
        "version = \"/v\";;version_from = { file = \"V\", pattern = \"(\" }|version_from.pattern:"
            + " found \"(\"; allowed: a regular expression with one group",
        "version = \"/v\";;version_from = { file = \"V\", pattern = \"v\" }|version_from.pattern:"
            + " found \"v\"",
        "version = \"/v\";;version_from = { file = \"V\" }|version_from.pattern: is missing;"
            + " allowed: a",
        "retries = 11|retries: found 11; allowed: a whole number from 0 to 10",
        "interval = \"0s\"|interval: found \"0s\"; allowed: a duration",
        "version = \"v\"|version: found \"v\"; allowed: a JSON pointer such as \"/version\"",
        "url = \"https://u:p@example.com\"|url: found \"https://u:p@example.com\"; allowed: an"
            + " address",
      })
  void refusesProofThatCannotBe(String line, String problem) {
    String file =
        LEAST.replace(
            "[services.web]", "[services.web]\nhealth = \"/\"\n" + line.replace(";;", "\n"));

    assertThat(PipelineFile.parse("signalbox.toml", file).problems())
        .singleElement()
        .asString()
        .matches("(?s)signalbox.toml:[78]:.*")
        .contains(": services.web." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pages = [\"/\"]|pages: found \"/\"; allowed: tables such as",
        "pages = [{}]|pages.path: is missing; allowed: a path from the root",
        "pages = [{ path = \"//evil.example.com\" }]|pages.path: found \"//evil.example.com\";"
            + " allowed: a",
        "pages = [{ path = \"/\", status = 99 }]|pages.status: found 99; allowed: a whole number"
            + " from 200",
        "pages = [{ path = \"/\", asets = true }]|pages.asets: there is no such key; did you mean"
            + " \"assets\"?",
        "pages = [{ path = \"/\", status = 301, assets = true }]|pages.assets: found assets of a"
            + " redirect",
        "pages = [{ path = \"/\", service = \"wbe\" }]|pages: found \"wbe\", which is no service;"
            + " allowed: web",
        "smoke = []|smoke: found no command; allowed: a program and its arguments",
        "smoke = [\"x\", \"{ulr}\"]|smoke: found \"{ulr}\"; allowed: a text; of placeholders {url}",
        "smoke = [\"x\", \"{url.wbe}\"]|smoke: found \"wbe\", which is no service; allowed: web",
        "smoke_timeout = \"5s\"|smoke_timeout: found a time-out of nothing; allowed: \"smoke\""
            + " beside it",
      })
  void refusesPagesAndSmokeTestsThatCannotBe(String line, String problem) {
    String file = LEAST + "[environments.production.verify]\n" + line + "\n";

    assertThat(PipelineFile.parse("signalbox.toml", file).problems())
        .singleElement()
        .asString()
        .startsWith("signalbox.toml:9:")
        .contains(": environments.production.verify." + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example.com/", "health", "/a b", "/#top"})
  void refusesAHealthPathThatIsNone(String path) {
    String file = LEAST.replace("[services.web]", "[services.web]\nhealth = \"" + path + "\"");

    assertThat(problems(file))
        .contains("services.web.health: found")
        .contains("a path from the root");
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
  void refusesWhatAJobCannotAnswer() {
    String file =
        LEAST.replace("[services.web]", "[services.web]\nkind = \"job\"\nhealth = \"/up\"")
            + """

            [environments.production.services.web]
            health = "/there"
            [environments.production.verify]
            pages = [{ path = "/", service = "web" }]
            """;

    assertThat(problems(file).lines())
        .satisfiesExactlyInAnyOrder(
            own -> assertThat(own).contains("services.web.health: found a health path of a job"),
            override ->
                assertThat(override)
                    .contains("environments.production.services.web.health: found a health path"),
            page ->
                assertThat(page)
                    .contains(
                        "environments.production.verify.pages: found \"web\", which is a job"));
    assertThat(problems(LEAST.replace("[services.web]", "[services.web]\nkind = \"cron\"")))
        .contains("services.web.kind: found \"cron\"; allowed: ");
  }

  @Test
  void refusesConditionsOnNoAnswer() {
    String file = LEAST.replace("[services.web]", "[services.web]\nexpect = { \"/a\" = 1 }");

    assertThat(problems(file)).contains("conditions on an answer without a health path");
  }

  @Test
  void refusesAPartOfTheWrongTypeOnce() {
    var problems =
        PipelineFile.parse("signalbox.toml", "project = 5\nservices = []\nenvironments = \"x\"\n")
            .problems();

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "signalbox.toml:1:1: project: found 5; allowed: a table",
            "signalbox.toml:2:1: services: found a list; allowed: a table",
            "signalbox.toml:3:1: environments: found \"x\"; allowed: a table");
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() {
    assertThat(PipelineFile.parse("signalbox.toml", "\uFEFF" + LEAST).problems()).isEmpty();
  }
}
