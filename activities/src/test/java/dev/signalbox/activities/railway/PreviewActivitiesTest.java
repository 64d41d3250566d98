package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.preview.SlotAnswer;
import dev.signalbox.workflows.preview.SlotRequest;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.PreviewActivities.Known;
import dev.signalbox.workflows.railway.PreviewActivities.ListQuery;
import dev.signalbox.workflows.railway.PreviewActivities.RemoveOrder;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.EnsureDeployed;
import dev.signalbox.workflows.railway.ServiceState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Environments of pull requests at the sandbox's Railway; each test has a number of its own. */
class PreviewActivitiesTest extends PreviewsOnSandbox {
  private final Instant now = Instant.now();

  /** One for the class, like the activities that ask it. */
  private static volatile Function<SlotRequest, SlotAnswer> slot;

  private static final PreviewPolicy RULE =
      new PreviewPolicy("staging", null, "pr-{number}", null, null, null);

  private static final List<Integer> freed = new CopyOnWriteArrayList<>();

  private List<String> shared = List.of();

  @Override
  protected Sandbox sandbox() {
    return Sandbox.start(
        SandboxSettings.demo()
            .withTiming(Timing.QUICK.creatingEvery(Duration.ZERO))
            .withInstances(
                List.of(
                    new InstanceSettings(
                        "staging",
                        "frontend",
                        Map.of("API_URL", "http://${{backend.RAILWAY_PUBLIC_DOMAIN}}"),
                        null))));
  }

  @Override
  CreationSlots slots() {
    return new GivenSlots(request -> slot.apply(request), freed::add);
  }

  @BeforeEach
  void letsEverybodyAtOnce() {
    slot = any -> new SlotAnswer(SlotAnswer.Kind.GRANTED, null, null);
  }

  @Test
  void makesItFromTheBaseWithoutItsTriggersAndWithNothingDeployed() {
    Ensured made = ensure("pr-1");

    assertThat(made.obstacles()).isEmpty();
    assertThat(made.state().services())
        .extracting(ServiceState::railway)
        .containsExactly("backend", "frontend");
    assertThat(made.state().services())
        .allMatch(service -> service.triggers().isEmpty() && service.latest() == null)
        .allMatch(service -> service.url().startsWith("http://127.0.0.1:"));
    assertThat(made.missing()).isEmpty();
    assertThat(known("pr-1").marked()).isTrue();
    assertThat(known("pr-1").ephemeral()).isTrue();
  }

  @Test
  void keepsOneThatSomebodyRenamedAndMakesNoSecondOne() {
    String id = ensure("pr-31").state().environmentId();
    rename(id, "anas-playground");

    Ensured again = environments.ensureEnvironment(order("pr-31").keeping(id));

    assertThat(again.state().environmentId()).isEqualTo(id);
    assertThat(again.name()).isEqualTo("anas-playground");
    assertThat(all()).extracting(Known::name).contains("anas-playground").doesNotContain("pr-31");
  }

  @Test
  void findsOneThatSomebodyRenamedByItsMarkWhenItsIdIsNotKnownAndCountsItForTheOthers() {
    String id = ensure("pr-32").state().environmentId();
    rename(id, "bens-playground");
    List<Integer> renamed = new CopyOnWriteArrayList<>();
    slot =
        request -> {
          renamed.addAll(request.renamed());
          return new SlotAnswer(SlotAnswer.Kind.GRANTED, null, null);
        };

    assertThat(ensure("pr-32").state().environmentId()).isEqualTo(id);
    ensure("pr-33");

    assertThat(renamed).contains(32);
    assertThat(all()).extracting(Known::name).doesNotContain("pr-32");
    assertThat(known("bens-playground").owner()).isEqualTo(32);
    assertThat(known("pr-33").owner()).as("its name says it").isNull();
  }

  @Test
  void leadsWhatNamesAServiceOfTheBaseLiterallyToTheOneBesideIt() {
    String staging = sandbox.serviceUrl("staging", "backend");
    set("staging", "frontend", "BACKEND", staging + "/api");
    set("staging", null, "EVERYBODY", "see " + staging);

    Ensured made = ensure("pr-12");
    set("staging", "frontend", "BACKEND", "");
    set("staging", null, "EVERYBODY", "");

    String own = made.state().service("backend").orElseThrow().url();
    RailwayVariables read = railway(Clock.systemUTC()).variables();
    String id = made.state().environmentId();
    assertThat(read.written(sandbox.projectId(), id, sandbox.serviceId("frontend")))
        .containsEntry("BACKEND", own + "/api")
        .containsEntry("API_URL", "http://${{backend.RAILWAY_PUBLIC_DOMAIN}}");
    assertThat(read.written(sandbox.projectId(), id, null))
        .containsEntry("EVERYBODY", "see " + own);
  }

  @Test
  void leadsWhatIsPutTogetherOfPartsToTheOneBesideItToo() {
    String[] staging =
        sandbox.serviceUrl("staging", "backend").substring("http://".length()).split(":", -1);
    set("staging", "frontend", "PEER_HOST", staging[0]);
    set("staging", "frontend", "PEER_PORT", staging[1]);
    set("staging", "frontend", "PEER", "${{frontend.PEER_HOST}}:${{frontend.PEER_PORT}}");

    Ensured made = ensure("pr-14");
    set("staging", "frontend", "PEER", "");

    assertThat(
            railway(Clock.systemUTC())
                .variables()
                .values(
                    sandbox.projectId(),
                    made.state().environmentId(),
                    sandbox.serviceId("frontend"))
                .get("PEER"))
        .isEqualTo(
            made.state().service("backend").orElseThrow().url().substring("http://".length()));
  }

  @Test
  void makesOneHoweverOftenItIsAskedFor() {
    Ensured first = ensure("pr-2");
    Ensured second = ensure("pr-2");

    assertThat(second.state().environmentId()).isEqualTo(first.state().environmentId());
    assertThat(effects("environmentCreate")).isEqualTo(1);
    assertThat(effects("variableCollectionUpsert")).isEqualTo(1);
  }

  @Test
  void makesNothingBeforeItsTurnAndNothingWhereThereIsNoRoom() {
    slot = any -> new SlotAnswer(SlotAnswer.Kind.LATER, Duration.ofSeconds(70), "2 before it");

    assertThat(typeOf(() -> ensure("pr-40"))).isEqualTo(FailureType.RATE_LIMITED);
    assertThat(calls("environment")).as("looks at the base").isZero();
    slot = any -> new SlotAnswer(SlotAnswer.Kind.FULL, null, "limit is 1");
    assertThat(ensure("pr-40").full()).isEqualTo("limit is 1");

    assertThat(effects("environmentCreate")).isZero();
  }

  @Test
  void asksForNoTurnWhereTheEnvironmentIsThere() {
    ensure("pr-41");
    slot = any -> new SlotAnswer(SlotAnswer.Kind.FULL, null, "limit is 1");

    assertThat(ensure("pr-41").state()).isNotNull();
  }

  @Test
  void takesOnWhatAnAttemptHasMadeWhoseAnswerWasLost() {
    sandbox.faults().add(Rule.of("environmentCreate", Fault.RESET_AFTER).times(1));

    assertThat(typeOf(() -> ensure("pr-3"))).isEqualTo(FailureType.UNAVAILABLE);
    Ensured again = ensure("pr-3");

    assertThat(again.obstacles()).isEmpty();
    assertThat(known("pr-3").marked()).isTrue();
    assertThat(effects("environmentCreate")).isEqualTo(1);
  }

  @Test
  void takesOnTheDeploymentOfItsCommitWhoseAnswerWasLost() {
    Ensured made = ensure("pr-13");
    RailwayActivities railway =
        stub(
            RailwayActivities.class,
            new RailwayActivitiesImpl(
                RailwayClients.only(railway(Clock.systemUTC())),
                SERVED,
                "http",
                Clock.systemUTC(),
                Pace.of(Clock.systemUTC())));
    ServiceState backend = made.state().service("backend").orElseThrow();
    EnsureDeployed order =
        new EnsureDeployed(
            new DeployOrder(
                PROJECT,
                made.state().environmentId(),
                backend.serviceId(),
                "backend",
                head("staging")),
            sandbox.projectId(),
            backend.recent());
    sandbox.faults().add(Rule.of("serviceInstanceDeployV2", Fault.RESET_AFTER).times(1));

    assertThat(failureOf(() -> railway.ensureDeployed(order)).isNonRetryable()).isFalse();
    String id = railway.ensureDeployed(order).deploymentId();

    assertThat(id).isNotNull().isEqualTo(railway.ensureDeployed(order).deploymentId());
    assertThat(effects("serviceInstanceDeployV2")).isEqualTo(1);
  }

  @Test
  void waitsForRailwaysLimitOfCreations() {
    sandbox
        .faults()
        .add(
            Rule.of("environmentCreate", Fault.ERRORS)
                .saying(
                    "You are creating environments too quickly. This workspace allows 1 environment"
                        + " per 30 seconds"));

    assertThat(failureOf(() -> ensure("pr-4")).getType())
        .isEqualTo(FailureType.RATE_LIMITED.wireName());
    assertThat(effects("environmentCreate")).isZero();
  }

  @Test
  void touchesNoEnvironmentThatSomebodyElseMade() {
    create("pr-5");

    Ensured refused = ensure("pr-5", now.plus(Duration.ofHours(1)));

    assertThat(refused.state()).isNull();
    assertThat(refused.obstacles().get(0)).contains("was not made by Signalbox");
    assertThat(remove("pr-5").foreign()).contains("does not carry the mark");
    assertThat(known("pr-5").marked()).isFalse();
    assertThat(effects("environmentDelete")).isZero();
  }

  @Test
  void leavesTheEnvironmentOfAnotherProjectOfTheSameNameAlone() {
    ensure("pr-6");

    Ensured other = ensure("pr-6", "preview/other/pr-6", now);

    assertThat(other.obstacles().get(0)).contains("belongs to preview/inspector/pr-6");
  }

  @Test
  void makesNothingOfABaseThatLeadsToProduction() {
    String production = sandbox.serviceUrl("production", "backend").substring("http://".length());
    set("staging", "backend", "DATABASE_URL", "postgres://u:secret@" + production + "/shop");

    Ensured refused = ensure("pr-7");
    set("staging", "backend", "DATABASE_URL", "postgres://u:secret@localhost/shop");

    assertThat(refused.state()).isNull();
    assertThat(refused.obstacles())
        .singleElement()
        .asString()
        .contains("variable DATABASE_URL of backend in staging leads to production")
        .doesNotContain("secret");
    assertThat(freed).containsOnlyOnce(7);
    assertThat(effects("environmentCreate")).isZero();
  }

  @Test
  void makesNothingOfABaseThatReachesProductionsDatabaseByWhateverWay() {
    String secret = "postgres://app:hunter22@db.example.invalid/shop";
    set("production", "backend", "DATABASE_URL", secret);
    set("staging", null, "MAIN_DB", secret);
    set("staging", "backend", "STORE", "${{shared.MAIN_DB}}?sslmode=require");

    Ensured refused = ensure("pr-11");
    shared = List.of("backend.STORE");
    Ensured allowed = ensure("pr-11");
    set("staging", "backend", "STORE", "");

    assertThat(refused.obstacles())
        .singleElement()
        .asString()
        .startsWith("variable STORE of backend in staging leads to a database that production uses")
        .doesNotContain("hunter22");
    assertThat(allowed.obstacles()).isEmpty();
    assertThat(effects("environmentCreate")).isEqualTo(1);
  }

  @Test
  void removesItAndTakesAMissingOneForRemoved() {
    ensure("pr-8");

    assertThat(remove("pr-8").there()).isTrue();
    assertThat(remove("pr-8").there()).isFalse();

    assertThat(freed).containsOnlyOnce(8);
    assertThat(effects("environmentDelete")).isEqualTo(1);
    assertThat(all()).noneMatch(one -> one.name().equals("pr-8"));
  }

  @Test
  void findsThatItIsGoneWhenTheAnswerToTheRemovalWasLost() {
    ensure("pr-9");
    sandbox.faults().add(Rule.of("environmentDelete", Fault.RESET_AFTER).times(1));

    assertThat(typeOf(() -> remove("pr-9"))).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(remove("pr-9").foreign()).isNull();

    assertThat(effects("environmentDelete")).isEqualTo(1);
  }

  @Test
  void saysThatRailwayRefusesARemoval() {
    ensure("pr-10");
    sandbox
        .faults()
        .add(
            Rule.of("environmentDelete", Fault.ERRORS)
                .saying("Two Factor Authentication Required"));

    assertThat(failureOf(() -> remove("pr-10")).getOriginalMessage())
        .contains("Two Factor Authentication Required");
    assertThat(known("pr-10").marked()).isTrue();
  }

  private Ensured ensure(String name) {
    return ensure(name, now);
  }

  private Ensured ensure(String name, Instant since) {
    return ensure(name, "preview/inspector/" + name, since);
  }

  private Ensured ensure(String name, String mark, Instant since) {
    return environments.ensureEnvironment(wanted(name, mark, shared, since));
  }

  private EnsureOrder order(String name) {
    return wanted(name, "preview/inspector/" + name, shared, now);
  }

  private PreviewActivities.Removed remove(String name) {
    return environments.removeEnvironment(
        new RemoveOrder(
            PROJECT, sandbox.projectId(), null, name, null, "preview/inspector/" + name));
  }

  private Known known(String name) {
    return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private List<Known> all() {
    return environments
        .listEnvironments(new ListQuery(PROJECT, sandbox.projectId(), null, RULE))
        .all();
  }

  private void rename(String id, String name) {
    variables()
        .mutate(
            "mutation($id: String!, $input: EnvironmentRenameInput!)"
                + " { environmentRename(id: $id, input: $input) { id } }",
            Map.of("id", id, "input", Map.of("name", name)));
  }

  private void create(String name) {
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
                    sandbox.environmentId("staging"),
                    "ephemeral",
                    true)));
  }

  /**
   * @param service null = shared by all
   */
  private void set(String environment, String service, String name, String value) {
    Map<String, Object> input = new HashMap<>();
    input.put("projectId", sandbox.projectId());
    input.put("environmentId", sandbox.environmentId(environment));
    input.put("serviceId", service == null ? null : sandbox.serviceId(service));
    input.put("name", name);
    input.put("value", value);
    input.put("skipDeploys", true);
    variables()
        .mutate(
            "mutation($input: VariableUpsertInput!) { variableUpsert(input: $input) }",
            Map.of("input", input));
  }
}
