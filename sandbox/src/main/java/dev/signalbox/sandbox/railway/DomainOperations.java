package dev.signalbox.sandbox.railway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Domains and TCP proxies of service instances. */
final class DomainOperations {
  private static final int FIRST_PROXY_PORT = 15_140;

  private final Map<String, List<Object>> tcpProxies = new ConcurrentHashMap<>();
  private final AtomicInteger proxies = new AtomicInteger();
  private final World world;
  private final Domains domains;

  private DomainOperations(Project project) {
    this.world = project.world();
    this.domains = project.domains();
  }

  static void addTo(RootFields fields, Project project) {
    DomainOperations operations = new DomainOperations(project);
    fields.query("domains", operations::list);
    fields.query("tcpProxies", operations::tcpProxies);
    fields.mutation("tcpProxyCreate", operations::createTcpProxy);
    fields.mutation("serviceDomainCreate", operations::createOwn);
    fields.mutation("serviceDomainUpdate", operations::updateOwn);
    fields.mutation("serviceDomainDelete", asked -> delete(asked, operations.domains, false));
    fields.mutation("customDomainCreate", operations::createCustom);
    fields.mutation("customDomainUpdate", operations::updateCustom);
    fields.mutation("customDomainDelete", asked -> delete(asked, operations.domains, true));
  }

  private Object list(Asked asked) {
    return new DomainViews(world, asked.state()).all(asked.instance(asked.arguments()));
  }

  private Object tcpProxies(Asked asked) {
    return tcpProxies.getOrDefault(place(asked.instance(asked.arguments())), List.of());
  }

  /** An address alone: the sandbox's services speak HTTP only, and nothing listens there. */
  private Object createTcpProxy(Asked asked) {
    Map<String, Object> input = asked.input();
    String place = place(asked.instance(input));
    List<Object> all = new ArrayList<>(tcpProxies.getOrDefault(place, List.of()));
    Map<String, Object> proxy = new LinkedHashMap<>();
    String id = UUID.randomUUID().toString();
    proxy.put("id", id);
    proxy.put("domain", "shuttle.proxy.rlwy.net");
    proxy.put("proxyPort", FIRST_PROXY_PORT + proxies.getAndIncrement());
    proxy.put("applicationPort", input.get("applicationPort"));
    proxy.put("environmentId", input.get("environmentId"));
    proxy.put("serviceId", input.get("serviceId"));
    proxy.put("syncStatus", "ACTIVE");
    all.add(proxy);
    tcpProxies.put(place, List.copyOf(all));
    asked.changed(id);
    return proxy;
  }

  private static String place(Instance instance) {
    return instance.environment().name() + "/" + instance.service().name();
  }

  private Object createOwn(Asked asked) {
    Instance instance = asked.instance(asked.input());
    Domain domain = domains.createOwn(instance, (Integer) asked.input().get("targetPort"));
    return shown(asked, domain, instance);
  }

  private Object createCustom(Asked asked) {
    Map<String, Object> input = asked.input();
    Instance instance = asked.instance(input);
    Domain domain =
        domains.createCustom(
            instance, (String) input.get("domain"), (Integer) input.get("targetPort"));
    return shown(asked, domain, instance);
  }

  private Object shown(Asked asked, Domain domain, Instance instance) {
    asked.changed(domain.id());
    return new DomainViews(world, world.state()).view(domain, instance);
  }

  /** The port changes; the steady address cannot get another name. */
  private Object updateOwn(Asked asked) {
    Map<String, Object> input = asked.input();
    Domain domain = mine(asked, domains, (String) input.get("serviceDomainId"), false);
    if (!domain.name().equals(input.get("domain"))) {
      throw new RailwayError("The sandbox's domains are 127.0.0.1 with a port; no other name");
    }
    return toPort(asked, domain, (Integer) input.get("targetPort"));
  }

  private Object updateCustom(Asked asked) {
    Domain domain = mine(asked, domains, asked.text("id"), true);
    return toPort(asked, domain, asked.number("targetPort"));
  }

  private Object toPort(Asked asked, Domain domain, Integer port) {
    domains.toPort(domain, port);
    asked.changed(domain.id());
    return true;
  }

  private static Object delete(Asked asked, Domains domains, boolean custom) {
    Domain domain = mine(asked, domains, asked.text("id"), custom);
    domains.delete(domain);
    asked.changed(domain.id());
    return true;
  }

  private static Domain mine(Asked asked, Domains domains, String id, boolean custom) {
    asked.mustBeKnown();
    Domain domain = domains.known(id, custom);
    asked.environment(domains.instanceOf(domain).environment().id());
    return domain;
  }
}
