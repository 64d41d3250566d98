package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.ServicePolicy;
import org.junit.jupiter.api.Test;

class ProofWordsTest {
  private final ServicePolicy backend = aPipeline().build().services().get(0);

  @Test
  void saysThatThereIsNoAddressOnlyWhereRailwaySaidSo() {
    assertThat(ProofWords.planned(backend, null, true))
        .isEqualTo("Railway's word alone: there is no address to ask at");
    assertThat(ProofWords.planned(backend, null, false))
        .contains(backend.health(), "Railway was not read")
        .doesNotContain("no address to ask at");
  }
}
