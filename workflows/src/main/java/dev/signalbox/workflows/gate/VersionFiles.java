package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.github.FileVersions.FileVersion;
import dev.signalbox.workflows.policy.ServicePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The version that each service must show is known: it stands in its file at the promoted commit.
 * One that is the same as what runs is a warning and no obstacle: showing it proves nothing.
 */
record VersionFiles(List<ServicePolicy> services, String revision) implements Gate {
  private static final String NAME = "version-file";

  static Optional<Gate> of(List<ServicePolicy> services, String revision) {
    List<ServicePolicy> those =
        services.stream().filter(service -> service.versionFrom() != null).toList();
    return those.isEmpty() ? Optional.empty() : Optional.of(new VersionFiles(those, revision));
  }

  @Override
  public GateResult judge(Facts facts) {
    if (facts.versions().isEmpty()) {
      return Gates.unread(NAME, "GitHub", facts);
    }
    List<String> evidence = new ArrayList<>();
    for (ServicePolicy service : services) {
      Optional<FileVersion> promoted = version(facts, service, revision);
      if (promoted.isEmpty() || promoted.get().version() == null) {
        return GateResult.failed(
            NAME,
            service.name()
                + ": "
                + promoted.map(FileVersion::problem).orElse("its version was not read"),
            "whoever changes " + service.versionFrom().file());
      }
      String now = promoted.get().version();
      String before =
          facts.base() == null
              ? null
              : version(facts, service, facts.base()).map(FileVersion::version).orElse(null);
      evidence.add(sentence(service, now, before));
    }
    return GateResult.met(NAME, String.join("; ", evidence));
  }

  private static String sentence(ServicePolicy service, String now, String before) {
    String named = service.name() + " " + now;
    if (now.equals(before)) {
      return "warning: "
          + named
          + " is what runs now too ("
          + service.versionFrom().file()
          + " is unchanged), so showing it proves nothing";
    }
    return before == null ? named : named + " after " + before;
  }

  private static Optional<FileVersion> version(Facts facts, ServicePolicy service, String commit) {
    return facts.versions().stream()
        .filter(one -> one.service().equals(service.name()) && one.revision().equals(commit))
        .findFirst();
  }
}
