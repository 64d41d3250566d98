package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.Locale;

/**
 * Somebody who has a part in what would ship.
 *
 * @param commit the first one of which that is known, 40 hex
 * @param login at GitHub; null = GitHub knows no account
 * @param name as git has it; null = not known
 * @param email as git has it; null = not known
 */
public record Contributor(Part part, String commit, String login, String name, String email) {
  private static final String NO_REPLY = "@users.noreply.github.com";

  /** What somebody did for a commit. */
  public enum Part {
    @JsonProperty("author")
    AUTHOR,
    @JsonProperty("committer")
    COMMITTER,
    @JsonProperty("coAuthor")
    CO_AUTHOR,
    /** Who moved a branch to it. */
    @JsonProperty("pusher")
    PUSHER;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The account, also where only GitHub's own address of it is known; null = none. */
  public String account() {
    return login == null ? loginOf(email) : login;
  }

  /** The login in an address that is GitHub's own of an account; null = it is no such address. */
  public static String loginOf(String email) {
    if (email == null || !email.toLowerCase(Locale.ROOT).endsWith(NO_REPLY)) {
      return null;
    }
    String local = email.substring(0, email.length() - NO_REPLY.length());
    return local.substring(local.indexOf('+') + 1);
  }

  /** The account's number in such an address; null = none. */
  public static String numberOf(String email) {
    int plus = loginOf(email) == null ? -1 : email.indexOf('+');
    return plus < 1 ? null : email.substring(0, plus);
  }

  /** {@code co-author of 1a2b3c4}. */
  public String words() {
    return part.word() + " of " + ShortCommit.of(commit);
  }
}
