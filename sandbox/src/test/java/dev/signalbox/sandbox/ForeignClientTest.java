package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ForeignClientTest {
  @Test
  void failsWhereAClientThatIsAskedForIsNotThere() {
    assertThatThrownBy(() -> ForeignClient.GH.installed("", null))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GH_CLI is not set")
        .hasMessageContaining("-Dclients=railway,octokit,pygithub");
    assertThatThrownBy(() -> ForeignClient.GH.installed("railway,gh", " "))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void leavesOutWhatWasNotAskedFor() {
    assertThatThrownBy(() -> ForeignClient.GH.installed("railway", null))
        .isInstanceOf(TestAbortedException.class);
    assertThat(ForeignClient.RAILWAY.installed("railway", "/bin/railway"))
        .isEqualTo("/bin/railway");
  }

  @Test
  void refusesAClientThatNobodyKnows() {
    assertThatThrownBy(() -> ForeignClient.GH.installed("hub", "/bin/hub"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[railway, octokit, pygithub, gh, slack_sdk]");
  }
}
