package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.github.GitHubAnswers.Issue;
import dev.signalbox.activities.github.GitHubAnswers.User;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import org.junit.jupiter.api.Test;

/** Whose word counts as ours, by what GitHub says of the token. */
class OwnAccountTest extends OnSandbox {
  private static final Issue OF_AN_APP = new Issue(1, "", new User("deployer[bot]"));
  private static final Issue OF_A_PERSON = new Issue(2, "", new User("ana-dev"));

  private void refuses(String message) {
    sandbox.faults().add(Rule.of("GET /user", Fault.SERVER_ERROR).answering(403).saying(message));
  }

  @Test
  void isAnAppsWhereGitHubSaysSo() {
    refuses("Resource not accessible by integration");
    GitHubClient ours = github();

    assertThat(ours.opened(OF_AN_APP)).isTrue();
    assertThat(ours.opened(OF_A_PERSON)).isFalse();
  }

  @Test
  void isNobodysWhereTheTokenIsRefusedForAnotherReason() {
    refuses("Resource protected by organization SAML enforcement.");
    GitHubClient ours = github();

    assertThatThrownBy(() -> ours.opened(OF_AN_APP))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("SAML");
  }
}
