package dev.signalbox.sandbox.railway;

import java.util.List;
import java.util.Map;

/** Domains as Railway's schema names them. */
final class DomainViews {
  private final World world;
  private final State state;

  DomainViews(World world, State state) {
    this.world = world;
    this.state = state;
  }

  Map<String, Object> all(Instance instance) {
    return Map.of("serviceDomains", views(instance, false), "customDomains", views(instance, true));
  }

  private List<Map<String, Object>> views(Instance instance, boolean custom) {
    return Domains.of(state, instance, custom).stream()
        .map(domain -> view(domain, instance))
        .toList();
  }

  Map<String, Object> view(Domain domain, Instance instance) {
    Map<String, Object> view = Views.node(domain.id(), null, domain.createdAt());
    view.put("domain", domain.name());
    view.put("targetPort", domain.targetPort());
    view.put("environmentId", instance.environment().id());
    view.put("serviceId", world.serviceId(instance.service().name()));
    view.put("projectId", world.projectId());
    view.put("syncStatus", "ACTIVE");
    if (domain.custom()) {
      view.put("status", status(domain, instance));
    }
    return view;
  }

  /** Nobody sets a DNS record here, so a custom domain is never verified. */
  private static Map<String, Object> status(Domain domain, Instance instance) {
    Map<String, Object> record =
        Map.of(
            "hostlabel",
            domain.name().split("\\.", 2)[0],
            "fqdn",
            domain.name(),
            "recordType",
            "DNS_RECORD_TYPE_CNAME",
            "requiredValue",
            instance.host(),
            "currentValue",
            "",
            "status",
            "DNS_RECORD_STATUS_REQUIRES_UPDATE",
            "zone",
            domain.name(),
            "purpose",
            "DNS_RECORD_PURPOSE_TRAFFIC_ROUTE");
    return Map.of(
        "verified",
        false,
        "certificateStatus",
        "CERTIFICATE_STATUS_TYPE_VALIDATING_OWNERSHIP",
        "dnsRecords",
        List.of(record));
  }
}
