package dev.signalbox.workers.policy;

import static dev.signalbox.workers.policy.PipelineText.LEAST;
import static dev.signalbox.workers.policy.PipelineText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workers.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a file is named, with its place and what is allowed there. */
class PipelineMistakesTest {
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
        "branch = \"main\"|branch = \"main\";;requires = [\"A\", \"B\", \"A\"]|8:23:"
            + " environments.production.requires: found \"A\"; allowed: names of variables:"
            + " letters, digits and _, each of them once",
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
  void reportsWhatIsNotTomlTogetherWithTheRest() {
    String text = problems(LEAST + "soak = 10m\nrollback = \"sometimes\"\n");

    assertThat(text)
        .contains("signalbox.toml:8:")
        .contains("not TOML")
        .doesNotContain("is missing");
  }

  @Test
  void saysWhatIsNamedThatIsNoTextFile(@TempDir Path directory) throws IOException {
    Path binary =
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});

    assertThat(PipelineFile.load(directory).problems())
        .singleElement()
        .asString()
        .contains("is a directory, not a file");
    assertThat(PipelineFile.load(binary).problems())
        .singleElement()
        .asString()
        .contains("is no text in UTF-8");
  }

  @Test
  void saysOnceThatNobodyMayApprove() {
    assertThat(
            PipelineFile.parse(
                    "signalbox.toml", LEAST + "approvals = { required = 0, from = [] }\n")
                .problems())
        .singleElement()
        .asString()
        .contains("approvals.required: found 0", "where nobody must approve leave approvals out");
  }

  @Test
  void saysThatTheFileIsNotThere() {
    List<Problem> problems =
        PipelineFile.load(Path.of("no-such-directory/signalbox.toml")).problems();

    assertThat(problems).singleElement().asString().contains("there is no such file");
  }

  @Test
  void refusesWhatIsNotBuiltYetInsteadOfIgnoringIt() {
    String text =
        problems(
            LEAST
                + """
                mode = "shadow"
                [monitor.production]
                keep = "7d"
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
}
