package dev.signalbox.starter.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.gateway.Keeper.Kept;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is heard; nothing here gets as far as to GitHub or to an engine. */
class CommentDeskTest {
  private static final String COMMENT =
      """
      {"action": "created",
       "issue": {"number": 3, "pull_request": {}},
       "comment": {"id": 7, "body": "/signalbox approve", "performed_via_github_app": null,
         "created_at": "2026-11-28T10:00:00Z", "user": {"login": "ana-dev", "id": 5, "type": "User"}},
       "sender": {"login": "ana-dev", "id": 5, "type": "User"}}
      """;

  private static final Secret KEY = new Secret("the-key-of-the-gateway");

  private final List<SpokenWords> kept = new ArrayList<>();
  private boolean engineTakes = true;

  private final CommentDesk desk =
      new CommentDesk(
          new CommentBoard(
              new GitHubClient(
                  URI.create("http://127.0.0.1:1"), new Secret("none"), Clock.systemUTC()),
              new Repository("acme", "inspector")),
          PipelineFile.parse(
                  "signalbox.toml",
                  """
                  [project]
                  name = "inspector"
                  github = "acme/inspector"
                  railway = "r1"
                  [services.web]
                  [environments.production]
                  branch = "main"
                  [people.release-managers]
                  ana = { github = "ana-dev" }
                  """)
              .orThrow(),
          this::keep,
          Optional.of(KEY),
          Executors.newSingleThreadExecutor());

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          an edit told late | "created_at": "2026-11-28T10:00:00Z" | "created_at": "2026-11-28T10:00:00Z", "updated_at": "2026-11-28T10:00:09Z"
          an edit           | "created"                           | "edited"
          a deletion        | "created"                           | "deleted"
          an issue          | "pull_request": {}                  | "labels": []
          an app's account  | "type": "User"                      | "type": "Bot"
          through an app    | "performed_via_github_app": null    | "performed_via_github_app": {"id": 1}
          another sender    | "sender": {"login": "ana-dev", "id": 5 | "sender": {"login": "bob", "id": 6
          no command        | /signalbox approve                  | please /signalbox approve
          a longer word     | /signalbox approve                  | /signalboxes approve
          a later line      | /signalbox approve                  | hello\\n/signalbox approve
          """)
  void hearsNot(String what, String before, String after) throws IOException {
    assertThat(take(COMMENT.replace(before, after))).isEqualTo(Outcome.IGNORED);
    assertThat(kept).isEmpty();
  }

  @Test
  void takesWhatTheEngineKeepsInTheWordsAndUnderTheNumberOfTheComment() throws IOException {
    assertThat(take(COMMENT)).isEqualTo(Outcome.TAKEN);

    assertThat(kept)
        .containsExactly(
            new SpokenWords(
                "inspector",
                "github",
                "7",
                "ana",
                " approve",
                "3",
                Instant.parse("2026-11-28T10:00:00Z"),
                null,
                Digest.sha256("/signalbox approve"),
                kept.get(0).seal()));
    assertThat(DecisionProof.holds(kept.get(0).words(), kept.get(0).seal(), KEY)).isTrue();
  }

  @Test
  void doesNotTakeWhatItCannotBringToTheEngine() throws IOException {
    engineTakes = false;

    assertThat(take(COMMENT)).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(take(COMMENT)).as("sent again").isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void keepsNothingOfAStranger() throws IOException {
    assertThat(take(COMMENT.replace("ana-dev", "eva"))).isEqualTo(Outcome.TAKEN);

    assertThat(kept).isEmpty();
  }

  @Test
  void knowsAnAccountByItsNumberWhereThatIsGiven() {
    Person pinned = new Person("ana", "g", "ana-dev", null, null, null, 5L);
    Person named = new Person("ana", "g", "ana-dev", null, null, null, null);

    assertThat(pinned.hasAccount("renamed", 5)).isTrue();
    assertThat(pinned.hasAccount("ana-dev", 6)).as("who took her login").isFalse();
    assertThat(named.hasAccount("Ana-Dev", 6)).isTrue();
    assertThat(new Person("ana-dev", "g", null, null, null).hasAccount("ana-dev", 6)).isFalse();
  }

  private CompletableFuture<Kept> keep(SpokenWords words) {
    return CompletableFuture.completedFuture(engineTakes && kept.add(words) ? Kept.NEW : Kept.NOT);
  }

  private Outcome take(String payload) throws IOException {
    return desk.take(GitHubPayload.read(payload.getBytes(UTF_8)));
  }
}
