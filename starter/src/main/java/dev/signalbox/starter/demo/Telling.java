package dev.signalbox.starter.demo;

/** Where the story is told. */
public interface Telling {
  /** One line of what happens. */
  void line(String text);

  /** A command as a person would type it. */
  void command(String command);

  /** Several lines that belong together: a card, a report. */
  void report(String markdown);

  /** How this program is called, for commands that a person is asked to type. */
  String launcher();
}
