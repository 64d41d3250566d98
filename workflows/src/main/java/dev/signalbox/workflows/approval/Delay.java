package dev.signalbox.workflows.approval;

/**
 * Something takes long: two thirds of its limit have passed. News for people, nothing to decide.
 *
 * @param phase checks, build, deploy or total
 * @param service null = the whole promotion
 * @param sentence what has passed of which limit, and what was last seen
 */
public record Delay(String phase, String service, String sentence) {
  /** Recognises it among the notices of one promotion. */
  public String step() {
    return "delay-" + phase + (service == null ? "" : "-" + service);
  }
}
