package dev.signalbox.starter.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The window's size at this moment, in characters. */
record ScreenSize(int rows, int columns) {
  private static final ScreenSize USUAL = new ScreenSize(24, 80);
  private static final Pattern ANSWER = Pattern.compile("(\\d+) (\\d+)");

  /** As the terminal says; where it does not, as the shell noted it, else the usual one. */
  static ScreenSize now(Map<String, String> environment) {
    ScreenSize asked = asked();
    return asked != null
        ? asked
        : new ScreenSize(
            number(environment.get("LINES"), USUAL.rows),
            number(environment.get("COLUMNS"), USUAL.columns));
  }

  private static ScreenSize asked() {
    File terminal = new File("/dev/tty");
    if (!terminal.exists()) {
      return null;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(terminal)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      stty.waitFor(1, TimeUnit.SECONDS);
      Matcher answer = ANSWER.matcher(said);
      int rows = answer.find() ? Integer.parseInt(answer.group(1)) : 0;
      int columns = rows == 0 ? 0 : Integer.parseInt(answer.group(2));
      return rows < 1 || columns < 1 ? null : new ScreenSize(rows, columns);
    } catch (IOException noStty) {
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static int number(String text, int otherwise) {
    return text != null && text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}
