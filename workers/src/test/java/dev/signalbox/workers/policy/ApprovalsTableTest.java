package dev.signalbox.workers.policy;

import static dev.signalbox.workers.policy.PipelineText.LEAST;
import static dev.signalbox.workers.policy.PipelineText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Approvals.Escalation;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Approvals.When;
import dev.signalbox.workflows.policy.Emergency;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Person.Delegate;
import dev.signalbox.workflows.policy.Pipeline;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who must say yes, and who they are. */
class ApprovalsTableTest {
  private static final String PEOPLE =
      """
      [people.releasers]
      ana = { github = "ana-dev", delegate = { to = "dan", until = 2026-12-31 } }
      [people.dba]
      dan = { github = "dan-dev" }
      dora = { delegate = { to = "ana", until = "2027-01-02" } }
      """;

  @Test
  void readsEveryKey() {
    Pipeline pipeline =
        PipelineFile.parse(
                "signalbox.toml",
                LEAST
                    + """
                    [environments.production.approvals]
                    from = ["releasers"]
                    self = true
                    expires = "14d"
                    reason = true
                    remind = "2d"
                    also = [
                      { from = ["dba"], when = "contract" },
                      { required = 1, from = ["dba"], when = "migration" },
                    ]
                    escalate = [ { after = "1d", to = ["dba"] } ]
                    checklist = ["announced in #ops"]
                    """
                    + PEOPLE)
            .orThrow()
            .pipeline("production");

    assertThat(pipeline.environment().approvals())
        .isEqualTo(
            new Approvals(
                1,
                List.of("releasers"),
                true,
                Duration.ofDays(14),
                List.of(
                    new Quorum(1, List.of("dba"), When.CONTRACT),
                    new Quorum(1, List.of("dba"), When.MIGRATION)),
                true,
                Duration.ofDays(2),
                List.of(new Escalation(Duration.ofDays(1), List.of("dba"))),
                List.of("announced in #ops")));
    assertThat(pipeline.people())
        .extracting(Person::delegate)
        .containsExactly(
            new Delegate("dan", LocalDate.of(2026, 12, 31)),
            null,
            new Delegate("ana", LocalDate.of(2027, 1, 2)));
  }

  @Test
  void namesEachMistakeInWhatOtherGroupsMustSay() {
    assertThat(
            mistakes(
                """
                from = ["releasers"]
                also = [
                  "dba",
                  { required = 3, from = ["dba"], when = "always" },
                  { from = ["dbs"], if = 1 },
                ]
                """))
        .containsExactlyInAnyOrder(
            "10:9: .also: found \"dba\"; allowed: tables with required, from and when",
            "12:5: .also.required: found 3 approvals from groups of 2;"
                + " allowed: at most as many as the groups have people",
            "12:35: .also.when: found \"always\"; allowed: \"contract\" or \"migration\"",
            "13:5: .also.from: found \"dbs\", which is no group of [people];"
                + " did you mean \"dba\"?",
            "13:21: .also.if: there is no such key; allowed: required, from, when");
  }

  @Test
  void namesEachMistakeInRemindersAndEscalation() {
    assertThat(
            mistakes(
                """
                from = ["releasers"]
                remind = "1h"
                escalate = [
                  { after = "2d", to = ["dba"] },
                  { after = "1d", to = ["dbx"] },
                  { who = ["dba"] }]
                """))
        .containsExactlyInAnyOrder(
            "10:1: .remind: found 1h; allowed: \"1d\" or longer: at most one a day",
            "13:5: .escalate.after: found 1d, before the step that stands before it;"
                + " allowed: steps in the order in which they come",
            "13:19: .escalate.to: found \"dbx\", which is no group of [people];"
                + " did you mean \"dba\"?",
            "14:5: .escalate.who: there is no such key; allowed: after, to",
            "13:34: .escalate.after: is missing; allowed: " + Durations.ALLOWED,
            "13:34: .escalate.to: is missing; allowed: names of groups of [people]");
  }

  @Test
  void refusesGroupsThatTogetherHaveTooFewPeople() {
    assertThat(
            mistakes(
                """
                required = 1
                from = ["releasers", "dba"]
                also = [ { required = 2, from = ["dba"] }, { from = ["releasers"] } ]
                """))
        .containsExactly(
            "11:1: .also: found 1 of releasers, dba and 2 of dba and 1 of releasers, for which"
                + " there are too few people; allowed: what the groups can fill when everybody"
                + " counts once");
  }

  @Test
  void refusesASecondNameForOnePerson() {
    String text =
        problems(
            LEAST
                + """
                [people.releasers]
                ana = { github = "ana-dev", email = "ana@example.com" }
                [people.dba]
                ana = { github = "ana-dev" }
                ana2 = { github = "Ana-Dev", email = "ANA@example.com" }
                """);

    assertThat(text.lines())
        .containsExactlyInAnyOrder(
            "signalbox.toml:12:10: people.dba.ana2.github: found \"Ana-Dev\", which is ana's too;"
                + " allowed: one name for one person, in every group",
            "signalbox.toml:12:30: people.dba.ana2.email: found \"ANA@example.com\", which is ana's"
                + " too; allowed: one name for one person, in every group");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ana2 = { email = "1234+ana-dev@users.noreply.github.com" } | 11:10: people.dba.ana2.email: found "1234+ana-dev@users.noreply.github.com", GitHub's address of ana-dev, which is ana's too
          ana2 = { email = "ana-dev@Users.noreply.github.com " } | 11:10: people.dba.ana2.email: found "ana-dev@Users.noreply.github.com", GitHub's address of ana-dev, which is ana's too
          ana2 = { email = "77+renamed@users.noreply.github.com" } | 11:10: people.dba.ana2.email: found "77+renamed@users.noreply.github.com", GitHub's address of renamed, which is ana's too
          ana-dev = {} | 11:1: people.dba.ana-dev: found the name "ana-dev", which is ana's too
          "@Ana-dev" = {} | 11:1: people.dba."@Ana-dev": found the name "@Ana-dev", which is ana's too
          "ana@acme.example" = {} | 11:1: people.dba."ana@acme.example": found the name "ana@acme.example", which is ana's too
          ANA = {} | 11:1: people.dba.ANA: found the name "ANA", which is ana's too
          "ana " = {} | 11:1: people.dba."ana ": found the name "ana ", which is ana's too
          ana2 = { github = "ana" } | 11:10: people.dba.ana2.github: found "ana", which is ana's too
          """)
  void refusesWhatMeansAPersonOfAnotherName(String second, String mistake) {
    assertThat(
            problems(
                LEAST
                    + """
                    [people.releasers]
                    ana = { github = "ana-dev", github_id = 77, email = "ana@acme.example" }
                    [people.dba]
                    """
                    + second
                    + "\n"))
        .isEqualTo(
            "signalbox.toml:" + mistake + "; allowed: one name for one person, in every group");
  }

  @Test
  void takesOnePersonInSeveralGroupsWhoseNameIsHisLogin() {
    String groups =
        """
        [people.releasers]
        ana-dev = { github = "Ana-dev", email = "77+ana-dev@users.noreply.github.com" }
        [people.dba]
        ana-dev = { github_id = 77, email = "77+ana-dev@users.noreply.github.com" }
        """;

    assertThat(PipelineFile.parse("signalbox.toml", LEAST + groups).orThrow()).isNotNull();
  }

  @Test
  void namesEachMistakeInADelegate() {
    String text =
        problems(
            LEAST
                + """
                [people.dba]
                dan = { slack = "U1", delegate = { to = "dan", until = 2026-12-31 } }
                dora = { delegate = { to = "dam", until = "soon" } }
                eva = { delegate = { to = "dan", since = 1 } }
                fay = { delegate = { to = "eva", until = 2026-12-31 } }
                """);

    assertThat(text.lines().map(line -> line.replace("signalbox.toml:", "")))
        .containsExactlyInAnyOrder(
            "9:36: people.dba.dan.delegate.to: found \"dan\" himself; allowed: another person",
            "10:23: people.dba.dora.delegate.to: found \"dam\", which is no person of [people];"
                + " did you mean \"dan\"?",
            "10:35: people.dba.dora.delegate.until: found \"soon\"; allowed: the last day, as"
                + " \"2026-12-31\"",
            "11:34: people.dba.eva.delegate.since: there is no such key; allowed: to, until",
            "12:22: people.dba.fay.delegate.to: found \"eva\", who has no account; allowed: a"
                + " person with github, slack or email",
            "11:9: people.dba.eva.delegate.until: is missing; allowed: the last day, as"
                + " \"2026-12-31\"");
  }

  @Test
  void readsWhatAnEmergencyMaySkip() {
    assertThat(
            PipelineFile.parse(
                    "signalbox.toml",
                    LEAST
                        + """
                        emergency = { skip = ["checks", "freeze"], from = ["dba"], within = "1h" }
                        """
                        + PEOPLE)
                .orThrow()
                .pipeline("production")
                .environment()
                .times()
                .emergency())
        .isEqualTo(new Emergency(List.of("checks", "freeze"), List.of("dba"), Duration.ofHours(1)));
  }

  @Test
  void refusesAnEmergencyThatWouldSkipABackup() {
    String text =
        problems(
            LEAST
                + """
                emergency = { skip = ["checks", "backup"], from = ["dbs"], within = "2d" }
                """
                + PEOPLE);

    assertThat(text.lines().map(line -> line.replace("environments.production.", "")))
        .containsExactlyInAnyOrder(
            "signalbox.toml:8:33: emergency.skip: found \"backup\"; allowed: approval, checks,"
                + " freeze, hold, lock, platform, reviewed, variables, verified-in-source,"
                + " version-file, each of them once",
            "signalbox.toml:8:60: emergency.within: found more than a day; allowed: \"24h\" at the"
                + " most",
            "signalbox.toml:8:1: emergency: found \"dbs\", which is no group of [people]; did you"
                + " mean \"dba\"?");
  }

  private static List<String> mistakes(String table) {
    return problems(LEAST + "[environments.production.approvals]\n" + table + PEOPLE)
        .lines()
        .map(line -> line.replace("signalbox.toml:", ""))
        .map(line -> line.replace("environments.production.approvals", ""))
        .toList();
  }
}
