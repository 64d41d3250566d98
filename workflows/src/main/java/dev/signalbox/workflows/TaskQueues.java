package dev.signalbox.workflows;

/**
 * The task queues of one project; made here and nowhere else. A worker serves the projects of its
 * files.
 */
public record TaskQueues(String project) {
  public TaskQueues {
    if (project == null || !project.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "project: want letters, digits, '.', '_' or '-', got '" + project + "'");
    }
  }

  public String workflows() {
    return queue("workflows");
  }

  public String railway() {
    return queue("railway");
  }

  public String github() {
    return queue("github");
  }

  public String migration() {
    return queue("migration");
  }

  public String health() {
    return queue("health");
  }

  public String notices() {
    return queue("notify");
  }

  /** What the gateways carry out themselves. */
  public String gateway() {
    return queue("gateway");
  }

  private String queue(String outsideSystem) {
    return "signalbox/" + project + "/" + outsideSystem;
  }
}
