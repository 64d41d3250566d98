package dev.signalbox.workflows.policy;

import java.util.Objects;

/**
 * A person who may answer, as one group of {@code [people.<group>]} names them.
 *
 * @param name the key under which the file names the person
 * @param github GitHub login; null when not given
 * @param slack Slack user id; null when not given
 * @param email as git's {@code user.email}; null when not given
 */
public record Person(String name, String group, String github, String slack, String email) {

  /** Whether {@code claim} is this person's name, GitHub login or email. */
  public boolean answersTo(String claim) {
    return claim != null
        && (claim.equals(name)
            || claim.equalsIgnoreCase(Objects.toString(github, ""))
            || claim.equalsIgnoreCase(Objects.toString(email, "")));
  }

  public String mention() {
    return github == null ? name : "@" + github;
  }
}
