package dev.signalbox.activities.migration;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.workflows.migration.DatabaseReference;

/** Finds the address of a project's database among its variables at Railway, when it is used. */
public final class ProjectDatabases {
  private final ServiceVariables railway;

  public ProjectDatabases(ServiceVariables railway) {
    this.railway = railway;
  }

  /**
   * What the service has in place of a database: every address of one leads nowhere, so that the
   * project's code can be loaded and asks none.
   *
   * @throws ApiException as {@link #find} where there is no such service
   */
  public ProjectDatabase nowhere(DatabaseReference reference) {
    return NoDatabase.of(
        reference.variable(),
        railway.read(reference.home(), reference.environment(), reference.service()).values());
  }

  /**
   * @throws ApiException {@code REJECTED} or {@code NOT_FOUND} where there is no usable address;
   *     {@code UNAVAILABLE} where Railway does not answer
   */
  public ProjectDatabase find(DatabaseReference reference) {
    ServiceVariables.Values found =
        railway.read(reference.home(), reference.environment(), reference.service());
    String value = found.values().get(reference.variable());
    String named =
        "Railway: the variable "
            + reference.variable()
            + " of "
            + reference.service()
            + " in "
            + reference.environment();
    if (value == null && found.sealed().contains(reference.variable())) {
      throw ApiException.rejected(
          named
              + " is sealed, so nobody can read the database address in it; put the address into a"
              + " variable that is not, and name it by `url` under [migrations]");
    }
    if (value == null) {
      throw ApiException.notFound(
          named
              + " is not there; name the one with the database address by `url` under"
              + " [migrations]");
    }
    if (value.isBlank()) {
      throw ApiException.rejected(
          named + " is empty; does it refer to a database that is not there any more?");
    }
    DatabaseAddress address = new DatabaseAddress(reference.variable(), value.strip());
    if (!address.usable()) {
      throw ApiException.rejected(
          named
              + " holds no address of a PostgreSQL"
              + (value.contains("${{") ? ": a reference in it was not resolved" : "")
              + "; it must read postgresql://user:password@host:port/database");
    }
    return new ProjectDatabase(address, found.values());
  }
}
