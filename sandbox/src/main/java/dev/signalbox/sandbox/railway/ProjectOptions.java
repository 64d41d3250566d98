package dev.signalbox.sandbox.railway;

/**
 * What {@code projectUpdate} changes.
 *
 * @param baseEnvironmentId of native PR environments; null = none
 */
record ProjectOptions(
    String name,
    String description,
    String baseEnvironmentId,
    boolean prDeploys,
    boolean botPrEnvironments,
    boolean focusedPrEnvironments) {

  static ProjectOptions named(String name) {
    return new ProjectOptions(name, null, null, false, false, false);
  }
}
