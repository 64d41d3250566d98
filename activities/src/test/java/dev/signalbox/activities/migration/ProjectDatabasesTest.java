package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.Pipeline.Home;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks the sandbox's Railway, over HTTP. */
class ProjectDatabasesTest extends OnSandbox {
  private static final String ADDRESS = "postgresql://ana:canary-5f1c@db.example.com:6543/shop";

  private ProjectDatabases databases;

  @BeforeEach
  void ask() {
    databases =
        new ProjectDatabases(new ServiceVariables(RailwayClients.only(railway(Clock.systemUTC()))));
  }

  private ProjectDatabase find(String environment, String service, String variable) {
    return databases.find(
        new DatabaseReference(
            PROJECT, new Home(sandbox.projectId(), null), environment, service, variable));
  }

  private String refused(Kind kind, String environment, String service, String variable) {
    ApiException refusal =
        catchThrowableOfType(ApiException.class, () -> find(environment, service, variable));
    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(refusal.getMessage()).doesNotContain("canary");
    return refusal.getMessage();
  }

  @Test
  void readsTheAddressAndWhatElseTheServiceIsGiven() {
    variables().set("backend", "DATABASE_URL", ADDRESS + "\n");
    variables().set("backend", "SECRET_KEY", "canary-77aa");

    ProjectDatabase found = find("production", "backend", "DATABASE_URL");

    assertThat(found.address().value()).isEqualTo(ADDRESS);
    assertThat(found.variables()).containsEntry("SECRET_KEY", "canary-77aa");
    assertThat(found.toString()).isEqualTo("DATABASE_URL (db.example.com:6543/shop)");
  }

  @Test
  void readsAReferenceAsRailwayResolvesIt() {
    variables().set("frontend", "OWNED_URL", ADDRESS);
    variables().set("backend", "BORROWED_URL", "${{frontend.OWNED_URL}}");

    assertThat(find("production", "backend", "BORROWED_URL").address().value()).isEqualTo(ADDRESS);
  }

  @Test
  void saysThatNobodyCanReadASealedVariable() {
    variables().seal("backend", "SEALED_URL", ADDRESS);

    assertThat(refused(Kind.REJECTED, "production", "backend", "SEALED_URL"))
        .contains("SEALED_URL of backend in production is sealed", "`url` under [migrations]");
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(refused(Kind.NOT_FOUND, "production", "backend", "NO_SUCH_URL"))
        .contains("NO_SUCH_URL of backend in production is not there");
    assertThat(refused(Kind.NOT_FOUND, "production", "nobody", "DATABASE_URL"))
        .contains("no service named nobody");
    assertThat(refused(Kind.NOT_FOUND, "nowhere", "backend", "DATABASE_URL"))
        .contains("no environment named nowhere", "production");
  }

  @Test
  void takesNoVariableThatHoldsNoAddress() {
    variables().set("backend", "EMPTY_URL", " ");
    variables().set("backend", "OTHER_URL", "mysql://ana:canary-5f1c@db/shop");

    assertThat(refused(Kind.REJECTED, "production", "backend", "EMPTY_URL")).contains("is empty");
    assertThat(refused(Kind.REJECTED, "production", "backend", "OTHER_URL"))
        .contains("holds no address of a PostgreSQL");
  }
}
