package dev.signalbox.activities.migration;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.migration.ProjectSources.Checkout;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The databases of previews: made, filled, and dropped. */
public final class PreviewDatabaseActivitiesImpl implements PreviewDatabaseActivities {
  private static final String VERSIONS = "select version_num from alembic_version order by 1";

  private final CommandRunner runner;
  private final ProjectDatabases databases;
  private final ServiceVariables railway;
  private final ProjectSources sources;
  private final Map<String, String> variables;
  private final Set<String> projects;
  private final Pace pace;

  /**
   * @param variables of this process: addresses of servers may be among them
   * @param projects that this worker serves
   */
  public PreviewDatabaseActivitiesImpl(
      ServiceVariables railway,
      ProjectSources sources,
      Map<String, String> variables,
      Set<String> projects,
      Pace pace) {
    this.runner = new CommandRunner(new PythonEnvironment(variables), pace);
    this.databases = new ProjectDatabases(railway);
    this.railway = railway;
    this.sources = sources;
    this.variables = Map.copyOf(variables);
    this.projects = Set.copyOf(projects);
    this.pace = pace;
  }

  @Override
  public Prepared prepare(PrepareOrder order) {
    return attended(order.base(), () -> prepared(order));
  }

  private Prepared prepared(PrepareOrder order) {
    Optional<DatabaseAddress> base = base(order.base(), order.server());
    Optional<DatabaseAddress> found = copied(order.preview());
    boolean ours = found.filter(one -> one.database().equals(order.name())).isPresent();
    boolean itsOwn =
        order.server() == null
            && !ours
            && found.isPresent()
            && !found.get().place().equals(base.orElseThrow().place());
    if (itsOwn) {
      requireAnother(order, base.orElseThrow(), found.get());
      return answer(found.get(), false, base);
    }
    if (Boolean.TRUE.equals(order.copiedOnly())) {
      return new Prepared(null, false, true, null);
    }
    OwnDatabase own = new OwnDatabase(server(order.server(), base), order.name(), order.mark());
    OwnDatabase.Place place = own.ensure(order.anew(), found.filter(one -> ours));
    lead(order, base, found.filter(one -> ours), place.address());
    DatabaseAddress led = databases.find(order.preview()).address();
    if (!led.leadsWhere(place.address())) {
      throw ApiException.unavailable(
          "Railway took "
              + order.preview().variable()
              + " of "
              + order.preview().environment()
              + " and does not show it yet");
    }
    return answer(led, true, base).by(place.ownRole());
  }

  private Prepared answer(DatabaseAddress own, boolean made, Optional<DatabaseAddress> base) {
    return new Prepared(
        own.database(),
        made,
        OwnDatabase.seeded(own),
        base.map(PreviewDatabaseActivitiesImpl::stands).orElse(List.of()));
  }

  /** Where Alembic usually notes it; what a project does otherwise is not known here. */
  private static List<String> stands(DatabaseAddress base) {
    try (DatabaseSession session = DatabaseSession.open(base, "signalbox-look")) {
      return session.rows(VERSIONS, row -> row.getString(1));
    } catch (MigrationException elsewhere) {
      return List.of();
    }
  }

  /** Empty only where another server is named and Railway shows nobody the base's address. */
  private Optional<DatabaseAddress> base(DatabaseReference reference, String server) {
    try {
      return Optional.of(databases.find(reference).address());
    } catch (ApiException unreadable) {
      if (server == null || unreadable.is(ApiException.Kind.UNAVAILABLE)) {
        throw unreadable;
      }
      return Optional.empty();
    }
  }

  /** The address that was copied; empty = there is none, because it was sealed. */
  private Optional<DatabaseAddress> copied(DatabaseReference preview) {
    return Optional.ofNullable(
            railway
                .read(preview.home(), preview.environment(), preview.service())
                .values()
                .get(preview.variable()))
        .filter(value -> !value.isBlank())
        .map(value -> new DatabaseAddress(preview.variable(), value.strip()))
        .filter(DatabaseAddress::usable);
  }

  private DatabaseAddress server(String name, Optional<DatabaseAddress> base) {
    if (name == null) {
      return base.orElseThrow();
    }
    String value = variables.getOrDefault(name, "").strip();
    DatabaseAddress address = value.isEmpty() ? null : new DatabaseAddress(name, value);
    if (address == null || !address.usable()) {
      throw ApiException.rejected(
          "the worker's variable "
              + name
              + ", which [previews] database names, "
              + (value.isEmpty() ? "is not set" : "holds no address of a PostgreSQL")
              + "; it must read postgresql://user:password@host:port/database");
    }
    return address;
  }

  /** Another name of the base's own would be migrated and filled here. */
  private static void requireAnother(
      PrepareOrder order, DatabaseAddress base, DatabaseAddress found) {
    String own = DatabaseIdentities.of(found).server();
    if (own != null && own.equals(DatabaseIdentities.of(base).server())) {
      throw ApiException.rejected(
          order.preview().variable()
              + " of "
              + order.preview().environment()
              + " leads to the database of "
              + order.base().environment()
              + " by another address; write the same one in both, or let it refer to a database of"
              + " its own environment (${{service.NAME}})");
    }
  }

  /** Every variable of the preview that leads to the base's database leads to its own. */
  private void lead(
      PrepareOrder order,
      Optional<DatabaseAddress> base,
      Optional<DatabaseAddress> former,
      DatabaseAddress own) {
    DatabaseReference preview = order.preview();
    railway.change(
        preview.home(),
        preview.environment(),
        order.mark(),
        (service, values) -> {
          Map<String, String> led = new HashMap<>(values);
          // Its own too: what an attempt that was killed has set may have another password.
          for (Optional<DatabaseAddress> real : List.of(base, former, Optional.of(own))) {
            if (real.isPresent()) {
              led = CopyVariables.of(led, real.get(), own);
            }
          }
          if (service.equals(preview.service())) {
            led.putIfAbsent(preview.variable(), own.value());
          }
          return led;
        });
  }

  @Override
  public Seeded seed(SeedOrder order) {
    return attended(order.preview(), () -> seeded(order));
  }

  private Seeded seeded(SeedOrder order) {
    ProjectDatabase database = databases.find(order.preview());
    if (OwnDatabase.seeded(database.address())) {
      return new Seeded(null, null);
    }
    Map<String, String> given = MigrationActivitiesImpl.variables(database);
    HiddenValues hidden = new HiddenValues(database.address(), given);
    try (Checkout checkout = sources.at(order.source())) {
      PythonRun.End end = runner.fill(checkout.source(given), database.address(), order.command());
      if (end.exit() == 0) {
        OwnDatabase.noteSeeded(database.address());
        return new Seeded(null, null);
      }
      ProjectLog log = new ProjectLog(hidden);
      List<String> last = new ArrayList<>(end.said().isEmpty() ? end.answers() : end.said());
      return new Seeded(
          end.timedOut() ? "it did not end in time" : "exit code " + end.exit(),
          last.stream()
              .skip(Math.max(0, last.size() - 20))
              .map(log::clean)
              .flatMap(Optional::stream)
              .toList());
    }
  }

  @Override
  public Reached reach(ReachOrder order) {
    return attended(order.preview(), () -> new Reached(unreached(order)));
  }

  private String unreached(ReachOrder order) {
    DatabaseAddress address = databases.find(order.preview()).address();
    try (DatabaseSession session = DatabaseSession.open(address, "signalbox-look")) {
      String found = session.value("select current_database()");
      return order.name().equals(found) ? null : "it leads to the database " + found;
    } catch (MigrationException silent) {
      return silent.getMessage();
    }
  }

  @Override
  public Dropped drop(DropOrder order) {
    return attended(
        order.base(),
        () -> {
          Optional<DatabaseAddress> base =
              order.server() == null
                  ? Optional.of(databases.find(order.base()).address())
                  : Optional.empty();
          return new Dropped(
              new OwnDatabase(server(order.server(), base), order.name(), order.mark()).drop());
        });
  }

  private <T> T attended(DatabaseReference database, Supplier<T> step) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Waiting waiting = new Waiting(pace, () -> context.heartbeat(null));
    return DatabaseSteps.read(projects, database, () -> waiting.answer(step));
  }
}
