package dev.signalbox.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Programs of others that {@code -Pclients} runs against the sandbox. A run asks for all of them
 * unless {@code -Dclients=railway,gh} names some; one that is asked for and not there fails, so
 * that no run looks green for what it left out.
 */
enum ForeignClient {
  RAILWAY("RAILWAY_CLI"),
  OCTOKIT("OCTOKIT_DIR"),
  PYGITHUB("PYGITHUB_PYTHON"),
  GH("GH_CLI"),
  SLACK_SDK("SLACK_SDK_PYTHON");

  private final String variable;

  ForeignClient(String variable) {
    this.variable = variable;
  }

  /** Where it is, as its variable says. */
  String installed() {
    return installed(System.getProperty("clients", ""), System.getenv(variable));
  }

  String installed(String wanted, String where) {
    List<String> named = Arrays.stream(wanted.split(",")).filter(n -> !n.isBlank()).toList();
    List<String> known = Arrays.stream(values()).map(ForeignClient::id).toList();
    if (!known.containsAll(named)) {
      throw new AssertionError("-Dclients=" + wanted + ": one or more of " + known);
    }
    assumeTrue(named.isEmpty() || named.contains(id()), id() + " was not asked for");
    if (where == null || where.isBlank()) {
      throw new AssertionError(
          variable
              + " is not set: it says where "
              + id()
              + " is installed (CONTRIBUTING.md, \"Commands\"). To leave it out, name the others:"
              + " -Dclients="
              + known.stream().filter(one -> !one.equals(id())).collect(Collectors.joining(",")));
    }
    return where;
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
