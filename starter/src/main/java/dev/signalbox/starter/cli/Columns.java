package dev.signalbox.starter.cli;

/**
 * How much room a text takes on a terminal, and how it is made to fit. What would move the cursor
 * or change colours is no text: words of others reach the screen here.
 */
final class Columns {
  private static final int ESCAPE = 0x1b;

  private Columns() {}

  /** The text on one line: control and format characters become single spaces or nothing. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    int[] characters = text.codePoints().toArray();
    for (int at = 0; at < characters.length; at++) {
      int character = characters[at];
      if (character == ESCAPE) {
        at = endOfSequence(characters, at);
      } else if (character < ' ' || (character >= 0x7f && character < 0xa0)) {
        shown.append(' ');
      } else if (Character.getType(character) != Character.FORMAT || character == 0x200d) {
        shown.appendCodePoint(character);
      }
    }
    return shown.toString().strip();
  }

  /** The same with the spaces that it begins with. */
  static String indented(String text) {
    String words = text.stripLeading();
    return text.substring(0, text.length() - words.length()).replaceAll("[^ ]", " ")
        + printable(words);
  }

  /** Where a terminal would stop reading the sequence that begins here. */
  private static int endOfSequence(int[] characters, int start) {
    int at = start + 1;
    if (at >= characters.length || characters[at] != '[') {
      return Math.min(at, characters.length - 1);
    }
    at++;
    while (at < characters.length && (characters[at] < '@' || characters[at] > '~')) {
      at++;
    }
    return Math.min(at, characters.length - 1);
  }

  /** How many columns the text takes. */
  static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || (character >= 0xfe00 && character <= 0xfe0f)) {
      return 0;
    }
    return wide(character) ? 2 : 1;
  }

  /** As Unicode's East Asian Width says, in the blocks that occur. */
  private static boolean wide(int character) {
    return (character >= 0x1100 && character <= 0x115f)
        || (character >= 0x2e80 && character <= 0xa4cf && character != 0x303f)
        || (character >= 0xac00 && character <= 0xd7a3)
        || (character >= 0xf900 && character <= 0xfaff)
        || (character >= 0xfe30 && character <= 0xfe6f)
        || (character >= 0xff00 && character <= 0xff60)
        || (character >= 0xffe0 && character <= 0xffe6)
        || (character >= 0x1f300 && character <= 0x1f64f)
        || (character >= 0x1f680 && character <= 0x1f6ff)
        || (character >= 0x1f900 && character <= 0x1faff)
        || (character >= 0x20000 && character <= 0x3fffd);
  }

  /** As much of the text as fits, with a sign where something is missing. */
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    int used = 0;
    for (int character : text.codePoints().toArray()) {
      used += width(character);
      if (used > columns - 1) {
        break;
      }
      shown.appendCodePoint(character);
    }
    return columns < 1 ? "" : shown.append('…').toString();
  }

  /** The text, cut or filled up with spaces to exactly so many columns. */
  static String fit(String text, int columns) {
    String shown = cut(text, columns);
    return shown + " ".repeat(Math.max(0, columns - width(shown)));
  }
}
