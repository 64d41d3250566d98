package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.SurveyQuery;
import dev.signalbox.workflows.railway.PreviewActivities.RemoveOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Environments that were made, or copied by hand, and carry no mark, at the sandbox. */
class UnmarkedTest extends PreviewsOnSandbox {
  private final Instant now = Instant.now();

  @Test
  void isRemovedOnlyByItsIdAndIfItIsNoOlderThanItsTurn() {
    create("pr-1", "staging", true);
    String id = found("pr-1").id();

    assertThat(remove(null, now.minusSeconds(60)).foreign()).isNotNull();
    assertThat(remove(id, now.plusSeconds(3600)).foreign()).isNotNull();
    assertThat(remove(id, null).foreign()).isNotNull();
    assertThat(remove(id, now.minusSeconds(60)).there()).isTrue();

    assertThat(effects("environmentDelete")).isEqualTo(1);
  }

  @Test
  void isLikeOneOfOursOnlyWhereItIsACopyOfTheBaseThatIsMeantToGo() {
    create("pr-2", "staging", true);
    create("pr-3", "staging", false);
    create("pr-4", "production", true);

    assertThat(found("pr-2").bare()).isTrue();
    assertThat(found("pr-3").bare()).isFalse();
    assertThat(found("pr-4").bare()).isFalse();
  }

  private Removed remove(String id, Instant since) {
    return environments.removeEnvironment(
        new RemoveOrder(
            PROJECT, sandbox.projectId(), null, "pr-1", id, "preview/inspector/pr-1", null, since));
  }

  private Found found(String name) {
    return previews
        .found(
            new SurveyQuery(
                PROJECT,
                sandbox.repositoryName(),
                sandbox.projectId(),
                null,
                new PreviewPolicy("staging", List.of("staging"), "pr-{number}", null, null, null),
                null))
        .stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void create(String name, String source, boolean ephemeral) {
    variables()
        .mutate(
            "mutation($input: EnvironmentCreateInput!) { environmentCreate(input: $input) { id } }",
            Map.of(
                "input",
                Map.of(
                    "projectId",
                    sandbox.projectId(),
                    "name",
                    name,
                    "sourceEnvironmentId",
                    sandbox.environmentId(source),
                    "ephemeral",
                    ephemeral)));
  }
}
