package dev.signalbox.activities.migration;

import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.workflows.Excerpt;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a project's migrations as people may see them: without secrets, and without what
 * PostgreSQL and SQLAlchemy show of rows. One for each run, because an error's DETAIL may go over
 * several lines. For one thread.
 */
final class ProjectLog {
  private static final int LONGEST = 300;

  /** What follows are values, up to the end of the message. */
  private static final Pattern ROWS =
      Pattern.compile("\\bDETAIL:|Failing row contains|\\bCONTEXT:|\\bPARAMETERS:");

  /** What follows on this line are values. */
  private static final Pattern PARAMETERS =
      Pattern.compile(
          "\\[parameters: |\\[(?:generated in|cached since|no key|raw sql|dialect)[^\\]]*\\]");

  /** A line that begins something new. */
  private static final Pattern NEW =
      Pattern.compile(
          "^(?:HINT:|LINE \\d|\\[SQL: |\\(Background|Traceback|  File |DEBUG|INFO|WARN|ERROR|FATAL"
              + "|CRITICAL|sqlalchemy\\.|psycopg|asyncpg|pg8000|The above|During handling"
              + "|\\d{4}-\\d\\d-\\d\\d)");

  private final HiddenValues hidden;
  private boolean rows;

  ProjectLog(HiddenValues hidden) {
    this.hidden = hidden;
  }

  /** The line as it may be shown; empty = nothing of it may. */
  Optional<String> clean(String line) {
    if (rows && !NEW.matcher(line).find()) {
      return Optional.empty();
    }
    Matcher begin = ROWS.matcher(line);
    rows = begin.find();
    String shown = rows ? line.substring(0, begin.start()) : line;
    Matcher values = PARAMETERS.matcher(shown);
    if (values.find()) {
      shown = shown.substring(0, values.start());
    }
    String clean = Excerpt.begin(ForeignText.ofLog(hidden.in(shown)) + " ", LONGEST).strip();
    return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
  }
}
