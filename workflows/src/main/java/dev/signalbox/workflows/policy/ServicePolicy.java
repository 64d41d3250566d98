package dev.signalbox.workflows.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One service of the project, for one environment (overrides already applied).
 *
 * @param railway the service's name at Railway
 * @param health path of the health answer, from the root; null = the platform's word is the only
 *     proof
 * @param version JSON pointer into the health answer where the running commit stands; null = weaker
 *     evidence
 * @param url base address; null = read from Railway's domains
 * @param after services that must be live before this one is deployed
 * @param expect JSON pointer to the text that must stand there
 * @param timeout of one request
 */
public record ServicePolicy(
    String name,
    String railway,
    String health,
    String version,
    String url,
    List<String> after,
    Map<String, String> expect,
    Duration timeout) {

  public ServicePolicy {
    after = after == null ? List.of() : List.copyOf(after);
    expect = expect == null ? Map.of() : Map.copyOf(expect);
    timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
  }
}
