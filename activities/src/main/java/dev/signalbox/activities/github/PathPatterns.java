package dev.signalbox.activities.github;

import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.Comparison.ChangedFile;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files that a service is made of: {@code *} and {@code ?} stay within one folder, {@code **}
 * crosses them, and what names a folder means all that is in it. In doubt a file belongs to it.
 */
final class PathPatterns {
  private final List<Pattern> patterns;

  PathPatterns(List<String> patterns) {
    this.patterns = patterns.stream().map(PathPatterns::pattern).toList();
  }

  /** Whether the file is one of them, or was before it got another name. */
  boolean touchedBy(ChangedFile file) {
    return match(file.filename())
        || (file.previousFilename() != null && match(file.previousFilename()));
  }

  /** Whether nothing of them differs for sure; null = the comparison could not be made. */
  boolean untouchedBy(Comparison since) {
    // Seen from a commit that is no ancestor, GitHub lists what differs from another one.
    return since != null
        && since.containsBase()
        && since.files() != null
        && since.files().size() < Comparison.MOST_FILES
        && since.files().stream().noneMatch(this::touchedBy);
  }

  boolean match(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < glob.length()) {
      if (glob.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        at += 3;
      } else if (glob.startsWith("**", at)) {
        regex.append(".*");
        at += 2;
      } else {
        char letter = glob.charAt(at++);
        regex.append(
            switch (letter) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(String.valueOf(letter));
            });
      }
    }
    return Pattern.compile(regex + "(?:/.*)?", Pattern.DOTALL);
  }
}
