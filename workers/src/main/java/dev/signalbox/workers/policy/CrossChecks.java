package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Suggestion;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.VerifyPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.MigrationPolicy.Rehearse;
import dev.signalbox.workflows.policy.PageCheck;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.SmokeTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What can be judged only when the whole file is read: names that other tables must have. */
final class CrossChecks {
  private final Map<String, ServiceTable> services;
  private final Map<String, EnvironmentTable> environments;
  private final List<Person> people;

  private CrossChecks(
      Map<String, ServiceTable> services,
      Map<String, EnvironmentTable> environments,
      List<Person> people) {
    this.services = services;
    this.environments = environments;
    this.people = people;
  }

  /** Notes what it finds at the sections that are wrong. */
  static void of(
      Map<String, ServiceTable> services,
      Map<String, EnvironmentTable> environments,
      List<Person> people,
      Optional<MigrationsTable> migrations) {
    CrossChecks checks = new CrossChecks(services, environments, people);
    checks.checkServices();
    checks.checkEnvironments();
    migrations.ifPresent(checks::checkMigrations);
  }

  private void checkServices() {
    services.forEach(
        (name, service) -> {
          for (String earlier : service.after()) {
            requireName(service.section(), "after", earlier, services.keySet(), "service");
          }
          Set<String> circle = circle(name, next -> after(next));
          if (!circle.isEmpty()) {
            service
                .section()
                .refused("after", "a circle: " + shown(circle), "an order with a start");
          }
        });
  }

  private void checkMigrations(MigrationsTable migrations) {
    String service = migrations.policy().service();
    if (!service.isBlank()) {
      requireName(migrations.section(), "service", service, services.keySet(), "service");
    }
    checkVolume(migrations);
    if (migrations.policy().backup() == BackupMethod.NONE
        && migrations.policy().withoutBackup() == null
        && environments.values().stream().anyMatch(CrossChecks::promotedTo)) {
      migrations
          .section()
          .refused(
              "backup",
              "\"none\", with which nothing leads back from a lost table",
              "\"pg_dump\"; or say why in without_backup = \"…\"");
    }
  }

  private static void checkVolume(MigrationsTable migrations) {
    MigrationPolicy policy = migrations.policy();
    boolean byRailway = policy.backup() == BackupMethod.RAILWAY_VOLUME;
    if (byRailway && policy.volume() == null) {
      migrations
          .section()
          .refused(
              "backup",
              "\"railway-volume\" without a volume",
              "with volume = \"<the service at Railway that the database's volume is mounted"
                  + " on>\"");
    }
    if (!byRailway && policy.volume() != null) {
      migrations
          .section()
          .refused(
              "volume",
              Section.quoted(policy.volume()) + ", to which nothing is done",
              "only with backup = \"railway-volume\"");
    }
    if (byRailway && policy.rehearse() == Rehearse.ALWAYS) {
      migrations
          .section()
          .refused(
              "rehearse",
              "\"always\", and Railway's backup of a volume cannot be restored beside it",
              "\"auto\" or \"never\"; or backup = \"pg_dump\"");
    }
  }

  private static boolean promotedTo(EnvironmentTable environment) {
    return environment.policy().from() != null;
  }

  private void checkEnvironments() {
    environments.forEach(
        (name, environment) -> {
          Section section = environment.section();
          checkOverride(environment);
          String from = environment.policy().from();
          if (from != null) {
            requireSource(name, section, from);
            requireAnotherBranch(name, environment);
          } else if (environment.policy().syncs()) {
            section.refused(
                "sync",
                "true where nothing is promoted from",
                "true with from = \"<the environment that is promoted from>\"");
          }
          Set<String> circle = circle(name, this::from);
          if (!circle.isEmpty()) {
            section.refused("from", "a circle: " + shown(circle), "a chain with a start");
          }
          checkUnchanged(environment);
          if (environment.policy().allowsPartial()
              && environment.policy().autoDeploy() == AutoDeploy.OBSERVE) {
            section.refused(
                "partial",
                "true where Railway deploys what is pushed to every service",
                "true with auto_deploy = \"refuse\" or \"switch-off\"");
          }
          VerifyPolicy verify = environment.policy().verify();
          for (String service : namedBy(verify)) {
            Section where = environment.verify().orElse(section);
            String key =
                verify.smoke() != null && smokeNames(verify.smoke()).contains(service)
                    ? "smoke"
                    : "pages";
            requireName(where, key, service, services.keySet(), "service");
            if (isJob(service)) {
              where.refused(key, quotedJob(service), "a service that serves");
            }
          }
          environment
              .deviations()
              .forEach(
                  (service, deviation) -> {
                    requireName(section, "services", service, services.keySet(), "service");
                    if (isJob(service) && deviation.health() != null) {
                      ServiceTable.refuseHealthOfJob(deviation.section());
                    }
                  });
          environment.approvals().ifPresent(approvals -> approvals.check(people));
        });
  }

  private void checkUnchanged(EnvironmentTable environment) {
    if (!environment.policy().skipsUnchanged()) {
      return;
    }
    if (services.values().stream().allMatch(service -> service.policy().paths().isEmpty())) {
      environment
          .section()
          .refused(
              "unchanged",
              "\"skip\" where no service says what files it is made of",
              "\"paths\" in [services.<name>]");
    }
    if (environment.policy().autoDeploy() == AutoDeploy.OBSERVE) {
      environment
          .section()
          .refused(
              "unchanged",
              "\"skip\" where Railway deploys what is pushed, and nobody asks it to",
              "\"skip\" with auto_deploy = \"refuse\" or \"switch-off\"; Railway has watch paths"
                  + " of its own");
    }
  }

  private boolean isJob(String service) {
    return services.containsKey(service) && services.get(service).job();
  }

  private static String quotedJob(String service) {
    return Section.quoted(service) + ", which is a job: nobody can open it";
  }

  private static List<String> namedBy(VerifyPolicy verify) {
    List<String> names = new ArrayList<>();
    verify.pages().stream().map(PageCheck::service).filter(Objects::nonNull).forEach(names::add);
    if (verify.smoke() != null) {
      names.addAll(smokeNames(verify.smoke()));
    }
    return names;
  }

  private static List<String> smokeNames(SmokeTest smoke) {
    return smoke.command().stream()
        .flatMap(argument -> SmokeTest.PLACEHOLDER.matcher(argument).results())
        .map(found -> found.group(1))
        .filter(name -> name.startsWith("url."))
        .map(name -> name.substring("url.".length()))
        .toList();
  }

  /** A merge of a branch into itself would promote nothing, and deploy what nobody looked at. */
  private void requireAnotherBranch(String name, EnvironmentTable environment) {
    String from = environment.policy().from();
    EnvironmentTable source = environments.get(from);
    String branch = environment.policy().branch();
    if (source != null && !from.equals(name) && branch.equals(source.policy().branch())) {
      environment
          .section()
          .refused(
              "branch",
              Section.quoted(branch) + ", which is the branch of " + from + " too",
              "a branch of its own: a promotion merges the one into the other");
    }
  }

  private void checkOverride(EnvironmentTable environment) {
    Set<String> groups = new LinkedHashSet<>(people.stream().map(Person::group).toList());
    for (String group : environment.policy().times().override()) {
      requireName(environment.section(), "override", group, groups, "group of [people]");
    }
    if (environment.policy().times().emergency() != null) {
      EmergencyTable.check(environment.section(), environment.policy().times().emergency(), people);
    }
  }

  // Its own name is a circle, which is said as such, and no way out.
  private void requireSource(String name, Section section, String from) {
    if (!from.equals(name)) {
      List<String> others =
          environments.keySet().stream().filter(other -> !other.equals(name)).toList();
      requireName(section, "from", from, others, "other environment");
    }
  }

  static void requireName(
      Section section, String key, String name, Collection<String> known, String kind) {
    if (!known.contains(name)) {
      section.add(
          key,
          "found " + Section.quoted(name) + ", which is no " + kind,
          Suggestion.nearest(name, known)
              .map(near -> "did you mean " + Section.quoted(near) + "?")
              .orElse(known.isEmpty() ? "there is none" : "allowed: " + String.join(", ", known)));
    }
  }

  private Collection<String> after(String service) {
    return services.containsKey(service) ? services.get(service).after() : List.of();
  }

  private Collection<String> from(String environment) {
    EnvironmentTable table = environments.get(environment);
    return table == null || table.policy().from() == null
        ? List.of()
        : List.of(table.policy().from());
  }

  private static String shown(Set<String> circle) {
    return String.join(" -> ", circle) + " -> " + circle.iterator().next();
  }

  /** The way from this name back to itself; empty when there is none. */
  private static Set<String> circle(String name, Function<String, Collection<String>> next) {
    Set<String> way = new LinkedHashSet<>();
    return leadsBack(name, name, next, way) ? way : Set.of();
  }

  private static boolean leadsBack(
      String start, String here, Function<String, Collection<String>> next, Set<String> way) {
    way.add(here);
    for (String following : next.apply(here)) {
      if (following.equals(start)
          || (!way.contains(following) && leadsBack(start, following, next, way))) {
        return true;
      }
    }
    way.remove(here);
    return false;
  }
}
