package dev.signalbox.sandbox;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.git.GitRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code --repository} alone means: the services are the top-level directories that can be
 * built, staging and production stand on {@code staging} and the default branch.
 */
final class ClonedProject {
  private static final Set<String> BUILDABLE =
      Set.of("Dockerfile", "package.json", "pyproject.toml", "requirements.txt");

  private ClonedProject() {}

  static SandboxSettings of(String name, Path original, SandboxSettings otherwise) {
    try (Scratch looked = Scratch.create();
        GitRepository repository =
            GitRepository.cloneOf(original, looked.path().resolve("repository.git"), name)) {
      String branch = repository.defaultBranch();
      String head =
          repository
              .resolve(branch)
              .orElseThrow(
                  () -> new IllegalArgumentException(original + " has no commit on " + branch));
      return otherwise
          .withProject(name.substring(name.indexOf('/') + 1))
          .withRepository(name, original)
          .withServices(services(repository, head))
          .withEnvironments(
              List.of(
                  new EnvironmentSettings("staging", "staging", true),
                  new EnvironmentSettings("production", branch, false)));
    }
  }

  private static List<ServiceSettings> services(Repository repository, String head) {
    List<ServiceSettings> services = new ArrayList<>();
    for (String directory : repository.topLevelDirectories(head)) {
      if (BUILDABLE.stream()
          .anyMatch(file -> repository.read(head, directory + "/" + file).isPresent())) {
        services.add(new ServiceSettings(directory, directory, List.of()));
      }
    }
    return services.isEmpty() ? List.of(new ServiceSettings("web", "", List.of())) : services;
  }
}
