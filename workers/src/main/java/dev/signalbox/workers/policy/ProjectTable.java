package dev.signalbox.workers.policy;

import dev.signalbox.activities.http.Network;
import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.policy.Pipeline.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code [project]} says.
 *
 * @param freezes of every environment
 * @param networks where services may be besides the Internet
 */
record ProjectTable(Project project, List<Freeze> freezes, List<Network> networks) {
  static final ProjectTable ABSENT =
      new ProjectTable(new Project("", "", ""), List.of(), List.of());

  static ProjectTable read(Section section) {
    Project project =
        new Project(
            section.required("name", PipelineFile::plain, PipelineFile.NAME),
            section.required(
                "github",
                name -> name.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+"),
                "\"owner/name\" of the repository"),
            section.required("railway", id -> id.matches("\\S+"), "the id of the Railway project"));
    List<Freeze> freezes = FreezeList.read(section);
    List<Network> networks =
        section
            .names("private_networks", text -> Network.parse(text).isPresent(), Network.ALLOWED)
            .stream()
            .flatMap(text -> Optional.of(text).flatMap(Network::parse).stream())
            .toList();
    section.close(Map.of());
    return new ProjectTable(project, freezes, networks);
  }
}
