package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * When an environment may be changed, and who may do it all the same.
 *
 * @param freezes of the project, then the environment's own
 * @param override groups whose people may let a promotion pass a freeze, and lift what somebody
 *     else ordered; none = nobody may
 * @param emergency what an emergency may pass; null = there is none
 */
public record Calendar(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Freeze> freezes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> override,
    Emergency emergency) {
  public static final Calendar OPEN = new Calendar(null, null);

  /** One that knows no emergencies. */
  public Calendar(List<Freeze> freezes, List<String> override) {
    this(freezes, override, null);
  }

  public Calendar {
    freezes = freezes == null ? List.of() : List.copyOf(freezes);
    override = override == null ? List.of() : List.copyOf(override);
  }

  /** With freezes that every environment has. */
  public Calendar under(List<Freeze> everywhere) {
    List<Freeze> all = new ArrayList<>(everywhere);
    all.addAll(freezes);
    return new Calendar(all, override, emergency);
  }
}
