package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.RollbackOrder;
import dev.signalbox.workflows.railway.RecentDeployments;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Going back where Railway keeps an image, and where it has dropped it; what is not there. */
@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class ImageAgainTest extends RailwayHouse {
  private static final Duration RETENTION = Duration.ofDays(5);

  @Test
  void startsAKeptImageAgainAndIsRefusedOnceItIsGone() {
    String old = active();
    String next = deploy(sandbox.pushRelease("next", Map.of("backend/n.txt", new byte[1]), "Next"));
    Deployment replaced = find(old);
    assertThat(replaced.canRollback()).isTrue();
    assertThat(replaced.hasImage()).isTrue();
    assertThat(recent().retention()).isEqualTo(RETENTION);
    assertThat(replaced.endedAt()).isNotNull();

    String again = railway.redeployImage(order(old)).deploymentId();
    await(again);

    assertThat(List.of(old, next)).doesNotContain(again);
    assertThat(active()).isEqualTo(again);
    assertThat(find(again).revision()).isEqualTo(replaced.revision());

    deploy(head("staging"));
    sandbox.clock().advance(RETENTION.plusHours(1));

    Deployment expired = find(old);
    assertThat(expired.canRollback()).isFalse();
    assertThat(expired.hasImage()).isTrue();
    assertThat(typeOf(() -> railway.redeployImage(order(old)))).isEqualTo(FailureType.REJECTED);
    assertThat(typeOf(() -> railway.rollback(order(old)))).isEqualTo(FailureType.REJECTED);
  }

  @Test
  void namesTheEnvironmentsThatThereAreWhenOneIsNotThere() {
    ApplicationFailure failure =
        failureOf(() -> railway.readEnvironment(query(sandbox.projectId(), "prod")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.NOT_FOUND);
    assertThat(failure.getOriginalMessage())
        .contains(sandbox.projectId(), "no environment named prod (deleted, or renamed?)")
        .contains("production (" + sandbox.environmentId("production") + ")");
  }

  @Test
  void namesTheProjectsThatThereAreWhenOneIsNotThere() {
    ApplicationFailure failure =
        failureOf(() -> railway.readEnvironment(query("no-such-project", "production")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.NOT_FOUND);
    assertThat(failure.getOriginalMessage())
        .contains("project no-such-project is not among those that this token sees")
        .contains("(" + sandbox.projectId() + ")");
  }

  @Test
  void namesFewOfManyProjects() {
    List<String> all = List.of("a (1)", "b (2)", "c (3)", "d (4)", "e (5)");

    assertThat(EnvironmentReading.few(all)).isEqualTo("a (1), b (2), c (3) and 2 more (5 in all)");
    assertThat(EnvironmentReading.few(all.subList(0, 3))).isEqualTo("a (1), b (2), c (3)");
  }

  @Test
  void namesTheServicesThatThereAreWhenOneIsNotThere() {
    String sentence =
        railway.readEnvironment(query(sandbox.projectId(), "production")).missing("api");

    assertThat(sentence)
        .contains("no service named api", "deleted, or renamed?")
        .contains("backend (" + sandbox.serviceId("backend") + ")")
        .contains("frontend (" + sandbox.serviceId("frontend") + ")");
  }

  private EnvironmentQuery query(String project, String environment) {
    return new EnvironmentQuery(PROJECT, project, environment, List.of("backend"), null);
  }

  private String deploy(String revision) {
    String id = deploy("production", revision);
    await(id);
    return id;
  }

  private String active() {
    return sandbox.railway().active("production", "backend").orElseThrow().id();
  }

  private Deployment find(String id) {
    return recent().deployments().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private RecentDeployments recent() {
    return railway.recentDeployments(
        new RecentQuery(
            PROJECT,
            sandbox.projectId(),
            sandbox.environmentId("production"),
            sandbox.serviceId("backend"),
            "backend",
            null));
  }

  private RollbackOrder order(String id) {
    return new RollbackOrder(PROJECT, "backend", id);
  }
}
