package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.railway.VariablesState.Elsewhere;
import dev.signalbox.workflows.railway.VariablesState.ServiceVariables;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariablesCompleteTest {
  @Test
  void isMetWithoutAnyNameInThePolicy() {
    assertThat(judge(aLook())).isEqualTo(GateResult.met("variables", "no variables are required"));
  }

  @Test
  void saysWhichServiceHasEach() {
    FactsFixture there =
        aLook()
            .withVariables(
                service("backend", List.of("DATABASE_URL", "API_URL")),
                service("frontend", List.of("API_URL")));

    assertThat(judge(there, "DATABASE_URL", "API_URL"))
        .isEqualTo(
            GateResult.met("variables", "DATABASE_URL (backend), API_URL (backend, frontend)"));
  }

  @Test
  void failsWithWhatIsMissingEmptyOrElsewhere() {
    FactsFixture wrong =
        aLook()
            .withVariables(
                new ServiceVariables(
                    "backend",
                    List.of("API_URL", "TOKEN", "UNASKED"),
                    List.of("TOKEN"),
                    List.of(
                        new Elsewhere("API_URL", "staging"), new Elsewhere("UNASKED", "staging"))));

    assertThat(judge(wrong, "DATABASE_URL", "TOKEN", "API_URL"))
        .isEqualTo(
            GateResult.failed(
                "variables",
                "DATABASE_URL is missing, TOKEN of backend is empty,"
                    + " API_URL of backend leads to staging, UNASKED of backend leads to staging",
                "operators"));
  }

  @Test
  void waitsWhileRailwayIsAway() {
    assertThat(judge(aLook().without("Railway"), "TOKEN"))
        .isEqualTo(GateResult.waiting("variables", "Railway answered 503", null, "Railway"));
  }

  @Test
  void waitsWhileNobodyKnowsWhetherAVariableLeadsToAnotherProject() {
    FactsFixture unread =
        aLook()
            .withUnreadVariables("Railway project 9e9e: 503", service("backend", List.of("TOKEN")));

    assertThat(judge(unread, "TOKEN"))
        .isEqualTo(
            GateResult.waiting(
                "variables",
                "whether a variable leads to another environment is not known: Railway project"
                    + " 9e9e: 503",
                null,
                "Railway"));
    assertThat(judge(unread, "MISSING").state()).isEqualTo(GateResult.State.FAILED);
  }

  private static ServiceVariables service(String name, List<String> variables) {
    return new ServiceVariables(name, variables, List.of(), List.of());
  }

  private static GateResult judge(FactsFixture facts, String... required) {
    return Gates.of(aPipeline().needing(required).build(), REVISION, List.of())
        .judge(facts.build())
        .stream()
        .filter(result -> result.name().equals("variables"))
        .findFirst()
        .orElseThrow();
  }
}
