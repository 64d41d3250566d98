package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.github.TriggerQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What there is where a trigger points, asked of the sandbox's GitHub. */
class TriggerReadingTest extends GitHubHouse {
  @Test
  void readsALabelledPullRequestAndWhatItWasMergedAs() throws Exception {
    Offer offer = release("line-1");
    String live = head("main");
    label(offer, "ship");

    TriggerLook open = look("refs/pull/" + offer.pull().number() + "/head", live, "notes.txt");
    String merged = github.merge(order(offer, live)).mergeCommit();
    TriggerLook closed = look("refs/pull/" + offer.pull().number() + "/head", live, "other/**");

    assertThat(open.revision()).isEqualTo(offer.sha());
    assertThat(open.pull())
        .isEqualTo(new TriggerLook.Pull(true, false, "line-1", true, "main", List.of("ship")));
    assertThat(open.touched()).isTrue();
    assertThat(closed.revision()).isEqualTo(merged);
    assertThat(closed.pull().merged()).isTrue();
    assertThat(closed.touched()).isFalse();
  }

  @Test
  void namesTheBranchesThatAPushCameFrom() {
    Offer offer = release("line-2");
    github.merge(order(offer, head("main")));

    assertThat(look("refs/heads/main", null, "other/**").heads()).containsExactly("line-2");
    assertThat(look("refs/heads/main", null, "other/**").touched()).as("nothing is live").isTrue();
  }

  private TriggerLook look(String ref, String live, String path) {
    return github.readTrigger(
        new TriggerQuery(PROJECT, repository, ref, "ship", live, List.of(path), true));
  }
}
