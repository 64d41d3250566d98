package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The role of a preview's database, on a real PostgreSQL. */
class PreviewRoleTest extends PreviewDatabaseOnSandbox {
  @Test
  void givesItARoleThatOwnsNothingElseAndKeepsItsPassword() {
    POSTGRES.query(base, "create table secret ()");

    databases.prepare(order("first", "MAKER"));

    String its = value("backend", VARIABLE);
    assertThat(POSTGRES.query(its, "create table made (); select current_user")).isEqualTo(name);
    assertRefused(its, "create database " + name + "_more");
    assertRefused(atTheBases(its), "select * from secret");
    assertRefused(POSTGRES.guarded(own(), PostgresServer.PASSWORD), "select 1");

    databases.prepare(order(null, "MAKER"));
    assertThat(value("backend", VARIABLE)).isEqualTo(its);
  }

  @Test
  void hasTheExtensionsOfTheBaseThatItsRoleMayNotInstall() {
    String untrusted =
        POSTGRES.query(
            base, "select name from pg_available_extension_versions where not trusted limit 1");
    POSTGRES.query(base, "create extension " + untrusted);

    databases.prepare(order("first", null));

    assertThat(
            POSTGRES.query(
                value("backend", VARIABLE),
                "create extension if not exists " + untrusted + "; select current_user"))
        .endsWith(name);
  }

  @Test
  void givesItsRoleAnotherPasswordWhereNoVariableHasTheOldOne() {
    databases.prepare(order("first", null));
    String before = value("backend", VARIABLE);
    set(environment, base);

    databases.prepare(order(null, null));

    assertThat(value("frontend", "STORE"))
        .isEqualTo(value("backend", VARIABLE))
        .isNotEqualTo(before);
    assertThat(POSTGRES.query(value("backend", VARIABLE), "select current_user")).isEqualTo(name);
  }

  @Test
  void dropsItsRoleWithItAlsoWhereThatIsAllThatIsLeft() {
    databases.prepare(order("first", "MAKER"));
    POSTGRES.query(base, "alter database " + name + " owner to postgres; drop database " + name);
    POSTGRES.query(base, "create table theirs (); grant all on theirs to " + name);

    assertThat(databases.drop(dropping(null)).there()).isFalse();

    assertThat(role()).isEmpty();
  }

  @Test
  void dropsTheRoleThatIsConnectedElsewhere() {
    databases.prepare(order("first", "MAKER"));
    DatabaseAddress elsewhere =
        new DatabaseAddress(VARIABLE, atTheBases(value("backend", VARIABLE)));

    try (DatabaseSession held = DatabaseSession.open(elsewhere, "a test")) {
      assertThat(held.value("select 1")).isEqualTo("1");
      assertThat(databases.drop(dropping("MAKER")).there()).isTrue();
      assertThatThrownBy(() -> held.value("select 1")).isInstanceOf(MigrationException.class);
    }

    assertThat(role()).isEmpty();
  }

  @Test
  void hasTheServersRoleWhereThatMayMakeNoOther() {
    assertThat(databases.prepare(order("first", "GUARDED")).ownRole()).isFalse();

    assertThat(POSTGRES.query(value("backend", VARIABLE), "select current_user"))
        .isEqualTo("guarded");
  }

  @Test
  void touchesNoRoleOfThatNameThatSomebodyElseMade() {
    POSTGRES.query(base, "create role " + name);

    assertThat(failureOf(() -> databases.prepare(order("first", null))).getOriginalMessage())
        .contains("there is a role " + name);
    assertThat(databases.drop(dropping(null)).there()).isFalse();
    assertThat(role()).isEqualTo(name);
  }

  private static void assertRefused(String address, String sql) {
    assertThatThrownBy(() -> POSTGRES.query(address, sql))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("permission denied");
  }

  private String atTheBases(String address) {
    return address.substring(0, address.lastIndexOf('/') + 1) + database(base);
  }

  private String role() {
    return POSTGRES.query(base, "select rolname from pg_roles where rolname = '" + name + "'");
  }
}
