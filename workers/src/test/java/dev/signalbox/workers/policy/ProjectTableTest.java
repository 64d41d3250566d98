package dev.signalbox.workers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProjectTableTest {
  private static String naming(String networks) {
    return PipelineText.LEAST.replace(
        "railway = \"0f0c\"", "railway = \"0f0c\"\nprivate_networks = " + networks);
  }

  @Test
  void readsWhereServicesMayBeBesidesTheInternet() {
    PipelineFile file =
        PipelineFile.parse("signalbox.toml", naming("[\"10.1.0.0/16\", \"fd12::/16\"]")).orThrow();

    assertThat(file.privateNetworks()).hasSize(2);
    assertThat(PipelineFile.parse("x", PipelineText.LEAST).orThrow().privateNetworks()).isEmpty();
  }

  @Test
  void refusesWhatIsNoNetwork() {
    assertThat(PipelineText.problems(naming("[\"10.1.0.0/40\"]")))
        .startsWith("signalbox.toml:5:21: project.private_networks: found \"10.1.0.0/40\"")
        .contains("networks such as \"10.1.0.0/16\"");
  }
}
