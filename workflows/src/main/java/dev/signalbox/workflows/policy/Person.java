package dev.signalbox.workflows.policy;

/**
 * A person who may answer, as one group of {@code [people.<group>]} names them.
 *
 * @param name the key under which the file names the person
 * @param github GitHub login; null when not given
 * @param slack Slack user id; null when not given
 * @param email as git's {@code user.email}; null when not given
 */
public record Person(String name, String group, String github, String slack, String email) {

  /**
   * Whether {@code claim} is this person's name, GitHub login (with or without {@code @}) or email,
   * in whatever case. A blank one is nobody's.
   */
  public boolean answersTo(String claim) {
    if (claim == null || claim.isBlank()) {
      return false;
    }
    String said = claim.strip();
    return said.equalsIgnoreCase(name)
        || said.equalsIgnoreCase(email)
        || (github != null
            && (said.equalsIgnoreCase(github) || said.equalsIgnoreCase("@" + github)));
  }

  public String mention() {
    return github == null ? name : "@" + github;
  }
}
