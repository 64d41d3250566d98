package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Which database it is, without anything secret: what was planned and approved for one must not be
 * done to another.
 *
 * @param place host, port and name, as the variable has them
 * @param server hash of what PostgreSQL calls itself since it was made, and this database in it;
 *     null = it does not say so to our role
 */
public record DatabaseIdentity(
    String place, @JsonInclude(JsonInclude.Include.NON_NULL) String server) {

  /**
   * Why this is not the one that was planned; empty = it is, as far as both say.
   *
   * @param planned null = it was not said which it is
   */
  public Optional<String> differsFrom(DatabaseIdentity planned) {
    if (planned == null) {
      return Optional.empty();
    }
    if (!planned.place.equals(place)) {
      return Optional.of(
          "this was planned for the database "
              + planned.place
              + ", and its variable names "
              + place
              + " now");
    }
    return planned.server == null || server == null || planned.server.equals(server)
        ? Optional.empty()
        : Optional.of(
            "there is another database at "
                + place
                + " now than the one that this was planned for");
  }
}
