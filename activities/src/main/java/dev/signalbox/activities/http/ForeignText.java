package dev.signalbox.activities.http;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of others (a build log, a service's answer, an error's text) before they enter a result, a
 * history or a comment: one line of printable text, without what looks like a secret or like the
 * value of a variable. What is masked by mistake is a nuisance; what is let through stays in a
 * history for ever, so the doubtful is masked.
 */
public final class ForeignText {
  private static final String MASK = "***";
  private static final int LONGEST = 8_000;

  /** Colours and cursor moves of a terminal, and any other control or invisible format sign. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("\\x1B\\[[0-?]*[ -/]*[@-~]|\\x1B\\][^\\x07\\x1B]*(\\x07|\\x1B\\\\)?|\\p{Cf}");

  private static final Pattern CONTROL_OR_SPACE = Pattern.compile("[\\p{Cntrl}\\s]+");

  private record Rule(Pattern found, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          // A key file, also one whose end was cut off.
          rule("-----BEGIN [^-]*-----.*?(-----END [^-]*-----|$)", MASK),
          // User and password in an address, and everything behind its question mark.
          rule("([a-z][a-z0-9+.-]*://)[^\\s/@]+@", "$1" + MASK + "@"),
          rule("([a-z][a-z0-9+.-]*://[^\\s?]+\\?)\\S+", "$1" + MASK),
          rule("\\b(bearer|basic|token)\\s+[^\\s,;]{6,}", "$1 " + MASK),
          // NAME=value and export NAME="value": variables, whatever they are called.
          rule(
              "\\b(?!charset=\"?(?:utf-?8|utf-?16|us-ascii|iso-8859-[0-9]{1,2})\"?(?:[\\s;,)]|$))"
                  + "([a-z_][a-z0-9_.-]*\\s?=\\s?)(\"[^\"]*\"?|'[^']*'?|[^\\s,;]+)",
              "$1" + MASK),
          // name: value and "name":"value" where the name says that it is secret.
          rule(
              "([\"']?[a-z0-9_.-]*(?:token|secret|passw|pwd|key|credential|auth|dsn|cookie"
                  + "|database_url|connection)[a-z0-9_.-]*[\"']?\\s*:\\s*)"
                  + "(\"[^\"]*\"?|'[^']*'?|[^\\s,;}]+)",
              "$1" + MASK),
          rule("\\b(gh[pousr]_|github_pat_|xox[a-z]-|xapp-|sk-|pk_|AKIA|eyJ)[\\w.-]{6,}", MASK));

  /** Long, and letters and digits mixed: hardly a word. */
  private static final Pattern TOKEN_LIKE =
      Pattern.compile("(?<![\\w+-])(?=[\\w+-]*[0-9])(?=[\\w+-]*[A-Za-z])[\\w+-]{20,}={0,2}");

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** Alone it may be an old token; said to be a commit it is one. */
  private static final Pattern COMMIT_BEFORE =
      Pattern.compile("\\b(commit|revision|HEAD is now at|checkout):? $", Pattern.CASE_INSENSITIVE);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DIGEST_BEFORE = Pattern.compile("\\bsha256:$");

  /** The value of a field. Alone it is masked: Railway's project tokens look like this, too. */
  private static final Pattern ID_BEFORE = Pattern.compile("[\\w.-]\"?\\s*:\\s*\"?$");

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

  /**
   * Words with a few digits at most, as fields are called and tokens are not. Possessive: a long
   * word could be cut into these parts in more ways than anybody can wait for.
   */
  private static final Pattern FIELD_NAME =
      Pattern.compile("[A-Za-z]++(?:[_-]?[0-9]{0,3}[_-]?[A-Za-z]{2,}+){0,9}+[_-]?[0-9]{0,3}");

  private static final Pattern FIELD_AFTER = Pattern.compile("^\"\\s*:");

  private ForeignText() {}

  /** Of a log, where nothing long has to be read: a commit that is not called one is masked too. */
  public static String ofLog(String text) {
    return ofLog(text, null);
  }

  /**
   * The same, but for the one commit that it is about.
   *
   * @param commit in full; null = not known
   */
  public static String ofLog(String text, String commit) {
    return masked(text, false, commit != null && COMMIT.matcher(commit).matches() ? commit : null);
  }

  /** Of an answer, which may name what runs: a commit, ids of named fields, names of fields. */
  public static String ofAnswer(String text) {
    return masked(text, true, null);
  }

  private static String masked(String text, boolean answer, String commit) {
    String line =
        CONTROL_OR_SPACE
            .matcher(UNPRINTABLE.matcher(begin(text)).replaceAll(""))
            .replaceAll(" ")
            .strip();
    for (Rule rule : RULES) {
      line = rule.found().matcher(line).replaceAll(rule.replacement());
    }
    String shown = line;
    return TOKEN_LIKE
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group().equals(commit)
                            || named(shown, found)
                            || (answer && known(shown, found))
                        ? found.group()
                        : MASK));
  }

  /** Whether the words before it say that it is what it looks like, and nothing secret. */
  private static boolean named(String line, MatchResult found) {
    String before = line.substring(0, found.start());
    return (DIGEST.matcher(found.group()).matches() && DIGEST_BEFORE.matcher(before).find())
        || (COMMIT.matcher(found.group()).matches() && COMMIT_BEFORE.matcher(before).find());
  }

  /** Whether this is a commit, an id with its name, or the name of a field. */
  private static boolean known(String line, MatchResult found) {
    String word = found.group();
    return COMMIT.matcher(word).matches()
        || (ID.matcher(word).matches()
            && ID_BEFORE.matcher(line.substring(0, found.start())).find())
        || (FIELD_NAME.matcher(word).matches()
            && FIELD_AFTER.matcher(line.substring(found.end())).find());
  }

  // The rules take a time that grows with the square of the length, and nobody reads that much. The
  // last word goes too: half a token would be known by nobody as one.
  private static String begin(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST;
    while (end > 0
        && "\"'{}[](),;<>".indexOf(text.charAt(end - 1)) < 0
        && text.charAt(end - 1) > ' ') {
      end--;
    }
    return text.substring(0, end) + " …";
  }

  private static Rule rule(String pattern, String replacement) {
    return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), replacement);
  }
}
