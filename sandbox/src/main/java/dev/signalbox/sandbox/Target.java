package dev.signalbox.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a call is about, by name; a part that the call does not name is null. {@code id} is the
 * other side's id of the thing touched: a deployment, a pull request, a check run.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(String environment, String service, String branch, String id) {
  public static final Target NONE = new Target(null, null, null, null);

  public static Target ofBranch(String branch) {
    return new Target(null, null, branch, null);
  }

  public Target withEnvironment(String name) {
    return new Target(name, service, branch, id);
  }

  public Target withService(String name) {
    return new Target(environment, name, branch, id);
  }

  public Target withBranch(String name) {
    return new Target(environment, service, name, id);
  }

  public Target withId(String value) {
    return new Target(environment, service, branch, value);
  }

  /** Every part that {@code wanted} names is the same here. */
  boolean covers(Target wanted) {
    return same(wanted.environment, environment)
        && same(wanted.service, service)
        && same(wanted.branch, branch)
        && same(wanted.id, id);
  }

  private static boolean same(String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }
}
