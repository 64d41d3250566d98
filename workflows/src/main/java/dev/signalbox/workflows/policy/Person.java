package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A person who may answer, as one group of {@code [people.<group>]} names them.
 *
 * @param name the key under which the file names the person
 * @param github GitHub login; null when not given
 * @param slack Slack user id; null when not given
 * @param email as git's {@code user.email}; null when not given
 * @param delegate who may answer in the person's place for a time; null = nobody
 * @param githubId GitHub's number of the account, which a login is not: that may be given up and
 *     taken by somebody else; null when not given
 */
public record Person(
    String name,
    String group,
    String github,
    String slack,
    String email,
    Delegate delegate,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long githubId) {
  private static final String BOT = "[bot]";

  /** One whose account is known by its login alone. */
  public Person(
      String name, String group, String github, String slack, String email, Delegate delegate) {
    this(name, group, github, slack, email, delegate, null);
  }

  /** One who names no delegate. */
  public Person(String name, String group, String github, String slack, String email) {
    this(name, group, github, slack, email, null);
  }

  /**
   * @param to the other person's name
   * @param until the last day, in UTC
   */
  public record Delegate(String to, LocalDate until) {}

  /** Whether an account of GitHub's is this person's; by its number, where that is given. */
  public boolean hasAccount(String login, long id) {
    return githubId == null ? github != null && github.equalsIgnoreCase(login) : githubId == id;
  }

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

  /**
   * The name under which the file knows who makes this claim; the claim itself when it does not.
   *
   * @param claim null = nobody makes one, and then it is nobody's name
   */
  public static String nameOf(String claim, List<Person> people) {
    return people.stream()
        .filter(person -> person.answersTo(claim))
        .map(Person::name)
        .findFirst()
        .orElse(claim == null || claim.isBlank() ? null : claim.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether the login is that of an app. */
  public boolean bot() {
    return botLogin(github);
  }

  /** Whether GitHub gives this login to an app: no person's can end so. */
  public static boolean botLogin(String login) {
    return login != null && login.strip().toLowerCase(Locale.ROOT).endsWith(BOT);
  }

  public String mention() {
    return github == null ? name : "@" + github;
  }
}
