package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewProvider;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.SurveyQuery;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.PreviewActivities.RemoveOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import dev.signalbox.workflows.railway.PullOwner;
import dev.signalbox.workflows.railway.ServiceState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Environments that Railway makes for pull requests by itself, at the sandbox. */
class RailwaysOwnTest extends PreviewsOnSandbox {
  @Test
  void isFoundByItsPullRequestAndLeftAsRailwayMadeIt() {
    int number = open("found");
    railwayMakesThem(true);

    Ensured found = ensure(PreviewProvider.RAILWAY, number);

    assertThat(found.name()).isEqualTo("inspector-pr-" + number);
    assertThat(found.obstacles()).isEmpty();
    assertThat(found.state().services())
        .extracting(ServiceState::railway)
        .containsExactly("backend", "frontend");
    assertThat(effects("variableCollectionUpsert") + effects("deploymentTriggerDelete")).isZero();
    assertThat(effects("environmentCreate")).isZero();
  }

  @Test
  void isNotSafeWhereItLeadsToAnEnvironmentThatPeopleRelyOn() {
    int number = open("unsafe");
    railwayMakesThem(true);
    ensure(PreviewProvider.RAILWAY, number);
    variables()
        .mutate(
            "mutation($input: VariableUpsertInput!) { variableUpsert(input: $input) }",
            Map.of(
                "input",
                Map.of(
                    "projectId",
                    sandbox.projectId(),
                    "environmentId",
                    sandbox.environmentId("inspector-pr-" + number),
                    "serviceId",
                    sandbox.serviceId("backend"),
                    "name",
                    "UPSTREAM",
                    "value",
                    sandbox.serviceUrl("production", "backend"),
                    "skipDeploys",
                    true)));

    Ensured found = ensure(PreviewProvider.RAILWAY, number);

    assertThat(found.state()).isNull();
    assertThat(found.obstacles())
        .singleElement()
        .asString()
        .contains("variable UPSTREAM of backend in inspector-pr-" + number);
  }

  @Test
  void neverHasASecondOneBesideIt() {
    int number = open("both");
    railwayMakesThem(true);

    Ensured ours = ensure(PreviewProvider.SIGNALBOX, number);
    Ensured refused = ensure(PreviewProvider.REFUSE, number);
    eventually(() -> !found(PreviewProvider.SIGNALBOX, number).isEmpty());
    assertThat(found(PreviewProvider.SIGNALBOX, number))
        .allSatisfy(
            one -> {
              assertThat(one.railways()).isTrue();
              assertThat(one.ours()).isFalse();
            });

    assertThat(ours.state()).isNull();
    assertThat(ours.conflict()).contains("provider = \"railway\"");
    assertThat(refused.obstacles()).singleElement().asString().contains("provider = \"railway\"");
    assertThat(effects("environmentCreate")).isZero();
  }

  @Test
  void waitsWhereRailwayIsToMakeItAndDoesNot() {
    railwayMakesThem(false);

    assertThat(ensure(PreviewProvider.RAILWAY, open("off")).conflict()).contains("switched off");
  }

  @Test
  void isRemovedWhereRailwayHasForgottenItAndNotWhileItIsOfAnotherRepository() {
    int number = open("forgotten");
    railwayMakesThem(true);
    ensure(PreviewProvider.RAILWAY, number);
    railwayMakesThem(false);
    sandbox.github().turnPull(number, false, "ben");

    Removed another = remove(new PullOwner(PreviewProvider.RAILWAY, "acme/other", number));
    List<Found> left = found(number);
    Removed ours = remove(new PullOwner(PreviewProvider.RAILWAY, sandbox.repositoryName(), number));

    assertThat(another.there()).isFalse();
    assertThat(left).singleElement().satisfies(one -> assertThat(one.ours()).isTrue());
    assertThat(ours.there()).isTrue();
    assertThat(found(number)).isEmpty();
  }

  private List<Found> found(int number) {
    return found(PreviewProvider.RAILWAY, number);
  }

  private List<Found> found(PreviewProvider provider, int number) {
    return previews
        .found(
            new SurveyQuery(
                PROJECT,
                sandbox.repositoryName(),
                sandbox.projectId(),
                null,
                new PreviewPolicy(
                    "staging", List.of("staging"), "pr-{number}", null, null, null, provider),
                null))
        .stream()
        .filter(one -> one.number() == number)
        .toList();
  }

  private Ensured ensure(PreviewProvider provider, int number) {
    return environments.ensureEnvironment(
        new EnsureOrder(
            PROJECT,
            sandbox.projectId(),
            null,
            "pr-" + number,
            "preview/inspector/pr-" + number,
            "staging",
            List.of("backend", "frontend"),
            List.of("production"),
            null,
            null,
            Instant.now(),
            new PullOwner(provider, sandbox.repositoryName(), number),
            null));
  }

  private Removed remove(PullOwner owner) {
    return environments.removeEnvironment(
        new RemoveOrder(
            PROJECT,
            sandbox.projectId(),
            null,
            "pr-" + owner.number(),
            null,
            "preview/inspector/pr-" + owner.number(),
            owner,
            null));
  }

  private int open(String branch) {
    sandbox.repository().setBranch(branch, sandbox.repository().tip("main").orElseThrow());
    sandbox.pushRelease(branch, Map.of("x", branch.getBytes(StandardCharsets.UTF_8)), branch);
    return sandbox.github().openPull(branch, "staging", "A thing", "ben");
  }

  private void railwayMakesThem(boolean really) {
    variables()
        .mutate(
            "mutation($id: String!, $input: ProjectUpdateInput!) { projectUpdate(id: $id, input:"
                + " $input) { id } }",
            Map.of(
                "id",
                sandbox.projectId(),
                "input",
                Map.of(
                    "prDeploys", really, "baseEnvironmentId", sandbox.environmentId("staging"))));
  }
}
