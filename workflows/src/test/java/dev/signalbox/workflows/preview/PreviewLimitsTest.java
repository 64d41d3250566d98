package dev.signalbox.workflows.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.PullActivities.PullState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While GitHub says that it has been asked for too much, or nothing. */
class PreviewLimitsTest {
  private static final String HEAD = "a".repeat(40);
  private static final PullState PULL =
      new PullState(1, true, false, false, HEAD, "f-1", "staging", "acme/inspector", "ben");

  private final PreviewTown town = new PreviewTown();

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void aPreviewIsMadeOnceItsPullRequestMayBeRead() {
    town.becomes(PULL);
    town.limitsGitHubFor(Duration.ofMinutes(20));

    town.sweep();

    town.awaits(() -> HEAD.equals(town.railway().live().get("pr-1")));
    assertThat(town.railway().live()).containsEntry("pr-1", HEAD);
  }

  @Test
  void aPreviewWaitsWhileGitHubGivesNoAnswer() {
    town.becomes(PULL);
    town.silencesGitHubFor(Duration.ofMinutes(8));

    town.webhook(1, "opened", true);

    town.awaits(() -> HEAD.equals(town.railway().live().get("pr-1")));
    assertThat(town.railway().live()).containsEntry("pr-1", HEAD);
  }

  @Test
  void whatBecameOfItIsSaidHoweverLongNothingMayBeWritten() {
    town.becomes(PULL);
    town.sweep();
    town.awaits(() -> town.comments("pr-1") == 1);
    town.limitsGitHubFor(Duration.ofMinutes(50));

    town.destroys(1);

    town.awaits(() -> town.comment(1).contains("removed"));
    assertThat(town.railway().live()).isEmpty();
    assertThat(town.comment(1)).contains("removed");
  }
}
