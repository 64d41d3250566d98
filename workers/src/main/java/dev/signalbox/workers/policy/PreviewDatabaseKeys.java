package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.PreviewDatabasePolicy;
import java.util.List;

/** {@code database} and {@code seed} of {@code [previews]}: the database of each preview. */
final class PreviewDatabaseKeys {
  private static final String OWN = "own";
  private static final String SHARED = "shared";
  private static final String PREFIX = "env:";
  private static final String ALLOWED =
      "\"own\", \"shared\", or \"env:NAME\", the name of the worker's variable with the address of"
          + " the server on which it is made";

  private final Section section;
  private final String place;
  private final List<String> seed;

  PreviewDatabaseKeys(Section section) {
    this.section = section;
    this.place =
        section
            .text(
                "database",
                text ->
                    text.equals(OWN)
                        || text.equals(SHARED)
                        || text.matches(PREFIX + "[A-Za-z_][A-Za-z0-9_]*"),
                ALLOWED)
            .orElse(null);
    this.seed = section.texts("seed", word -> !word.isBlank(), "the words of a command");
  }

  /**
   * What can be judged only when the whole file is read.
   *
   * @param migrations null = the file has none
   */
  void check(MigrationPolicy migrations) {
    boolean wanted = place != null && !place.equals(SHARED);
    if (wanted && (migrations == null || migrations.byRailway())) {
      section.refused(
          "database",
          Section.quoted(place)
              + (migrations == null
                  ? " without [migrations]"
                  : ", where only Railway reaches the database"),
          "a database that is migrated from here, or nothing");
    }
    if (!seed.isEmpty() && policy(migrations) == null) {
      section.refused("seed", "a command", "one only where previews have a database of their own");
    }
  }

  /** Null = they have none of their own. */
  PreviewDatabasePolicy policy(MigrationPolicy migrations) {
    if (migrations == null || migrations.byRailway() || SHARED.equals(place)) {
      return null;
    }
    return new PreviewDatabasePolicy(
        place == null || place.equals(OWN) ? null : place.substring(PREFIX.length()), seed);
  }
}
