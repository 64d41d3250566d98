package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.User;
import dev.signalbox.activities.http.ApiException;

/** Whose token it is, asked for once, so that what others wrote is not taken for ours. */
final class OwnAccount {
  /** GitHub does not tell an app's installation who it is, and says so in these words. */
  private static final String OF_AN_APP = "not accessible by integration";

  private static final String AN_APP = "";

  private final GitHubHttp http;
  private volatile String login;

  OwnAccount(GitHubHttp http) {
    this.http = http;
  }

  /**
   * Of an app any app's comment counts, because no person can write under such a name.
   *
   * @param author null = GitHub names none
   */
  boolean wrote(User author) {
    if (author == null) {
      return false;
    }
    String own = login();
    return own.equals(AN_APP) ? author.bot() : own.equalsIgnoreCase(author.login());
  }

  private String login() {
    if (login == null) {
      login = read();
    }
    return login;
  }

  private String read() {
    try {
      return http.call("read whose token it is", http.api().user()).login();
    } catch (ApiException refusal) {
      if (refusal.refusedWith(403, OF_AN_APP)) {
        return AN_APP;
      }
      throw refusal;
    }
  }
}
