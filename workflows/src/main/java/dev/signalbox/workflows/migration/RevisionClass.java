package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a revision means for the code that runs beside it. In rising order of care. */
public enum RevisionClass {
  /** The former code keeps working. */
  EXPAND,
  /** Rows are written; the former code keeps working. */
  DATA,
  /** The former code keeps working, and there is no downgrade. */
  IRREVERSIBLE,
  /** Nobody can say. Treated as {@link #CONTRACT}. */
  UNKNOWN,
  /** The former code may break. */
  CONTRACT;

  /** As JSON and people have it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the code before it may have to go first. */
  public boolean breaksFormerCode() {
    return this == CONTRACT || this == UNKNOWN;
  }
}
