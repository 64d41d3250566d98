package dev.signalbox.activities.migration;

import java.util.regex.Pattern;

/**
 * A pooler between us and the server. PgBouncer: {@code unsupported startup parameter: options},
 * and from 1.20 on {@code unsupported startup parameter in options: lock_timeout}.
 */
public final class Pooler {
  static final String NOTE =
      "the address is a pooler's, so that only SQLAlchemy's connections are kept from writing, each"
          + " of their transactions by itself: what env.py or a revision connects beside it may"
          + " write, and nothing is set for a session";

  private static final Pattern REFUSES = Pattern.compile("unsupported startup parameter\\b");
  private static final Pattern REFUSES_OPTIONS =
      Pattern.compile("unsupported startup parameter(?: in options: |: options\\b)");

  private Pooler() {}

  /** Whether this is what one says to whoever wants something of a session of his own. */
  public static boolean refuses(String said) {
    return REFUSES.matcher(said).find();
  }

  /** Whether it would do without what {@code PGOPTIONS} says. */
  static boolean refusesOptions(String said) {
    return REFUSES_OPTIONS.matcher(said).find();
  }

  /**
   * What to do about it.
   *
   * @param variable that holds the address
   */
  public static String directPort(String variable) {
    return "This is a pooler's port, and what is wanted there needs a session of its own: name the"
        + " database's direct port in "
        + variable
        + ".";
  }
}
