package dev.signalbox.activities.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of the policy, held against words of others. Some patterns take years over some texts:
 * after so many steps the text counts as one that does not match.
 */
public final class PatientPattern {
  private static final int MOST_STEPS = 2_000_000;

  private final Pattern pattern;

  /**
   * @throws java.util.regex.PatternSyntaxException when it is none; the policy's door has seen to
   *     that
   */
  public PatientPattern(String pattern) {
    this.pattern = Pattern.compile(pattern, Pattern.MULTILINE);
  }

  /** Whether the whole text matches. */
  public boolean matches(String text) {
    try {
      return pattern.matcher(new Counted(text, 0, text.length(), new AtomicInteger())).matches();
    } catch (Tired | StackOverflowError tooHard) {
      return false;
    }
  }

  /** What the first group captures in the first place that matches; empty when none does. */
  public Optional<String> find(String text) {
    try {
      Matcher matcher = pattern.matcher(new Counted(text, 0, text.length(), new AtomicInteger()));
      return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    } catch (Tired | StackOverflowError tooHard) {
      return Optional.empty();
    }
  }

  private static final class Tired extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A text that counts how often it is looked at, in all of its parts together. */
  private record Counted(String text, int from, int to, AtomicInteger steps)
      implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (steps.incrementAndGet() > MOST_STEPS) {
        throw new Tired();
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, steps);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
