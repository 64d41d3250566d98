package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseCheck;
import dev.signalbox.workflows.policy.PageCheck;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is looked at in one environment: its services, its pages and the control endpoints. */
final class Checks {
  private static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(5);

  private final Pipeline pipeline;
  private final MonitorPolicy policy;
  private final Map<String, String> addresses;

  private Checks(Pipeline pipeline, MonitorPolicy policy, Map<String, String> addresses) {
    this.pipeline = pipeline;
    this.policy = policy;
    this.addresses = addresses;
  }

  /**
   * In dependency order.
   *
   * @param addresses by service, as Railway names them; what the file names goes before
   */
  static List<Check> of(Pipeline pipeline, MonitorPolicy policy, Map<String, String> addresses) {
    return new Checks(pipeline, policy, addresses).all();
  }

  private List<Check> all() {
    List<Check> checks = new ArrayList<>();
    if (policy.database() != null) {
      checks.add(database(policy.database()));
    }
    pipeline.services().stream()
        .filter(service -> service.health() != null && !service.job())
        .forEach(service -> address(service).ifPresent(url -> checks.add(health(service, url))));
    for (PageCheck page : policy.pages()) {
      owner(page).ifPresent(service -> checks.add(page(service, page)));
    }
    policy.control().forEach(url -> checks.add(control(url)));
    return checks;
  }

  private Optional<String> address(ServicePolicy service) {
    return Optional.ofNullable(
        service.url() == null ? addresses.get(service.name()) : service.url());
  }

  /** What people open: the last of the order that has an address. */
  private Optional<ServicePolicy> owner(PageCheck page) {
    return page.service() == null
        ? pipeline.services().stream()
            .filter(service -> !service.job() && address(service).isPresent())
            .reduce((earlier, later) -> later)
        : Optional.of(pipeline.service(page.service()))
            .filter(service -> address(service).isPresent());
  }

  private Check health(ServicePolicy service, String url) {
    return check(
        service.name(),
        service,
        Kind.HEALTH,
        new Target(
            service.name(),
            url,
            service.health(),
            null,
            service.expect(),
            service.timeout(),
            null,
            0,
            null));
  }

  private Check page(ServicePolicy service, PageCheck page) {
    String name = service.name() + " " + page.path();
    return check(
        name,
        service,
        Kind.PAGE,
        new Target(
            name,
            address(service).orElseThrow(),
            page.path(),
            null,
            null,
            service.timeout(),
            null,
            0,
            page));
  }

  private Check database(DatabaseCheck database) {
    ServicePolicy service = pipeline.service(database.service());
    return new Check(
        service.name() + " " + database.url(),
        service.name(),
        Kind.DATABASE,
        null,
        database.every(),
        null,
        null,
        new DatabaseTarget(
            new DatabaseReference(
                pipeline.project().name(),
                pipeline.home(),
                pipeline.environment().name(),
                service.railway(),
                database.url()),
            database.limits()));
  }

  private Check check(String name, ServicePolicy service, Kind kind, Target target) {
    return new Check(
        name, service.name(), kind, target, policy.interval(), policy.slow(), service.after());
  }

  private Check control(String url) {
    return new Check(
        url,
        null,
        Kind.CONTROL,
        new Target(url, url, "", null, null, CONTROL_TIMEOUT, null, 0, null),
        policy.interval(),
        null,
        null);
  }
}
