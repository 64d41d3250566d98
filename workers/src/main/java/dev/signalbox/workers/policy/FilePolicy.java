package dev.signalbox.workers.policy;

import dev.signalbox.activities.policy.InvalidPolicyException;
import dev.signalbox.activities.policy.PolicySource;
import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PreviewSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The policy as the worker's file says it at each reading. */
public final class FilePolicy implements PolicySource {
  private final Path file;
  private final String project;

  /**
   * @param project whose queues the worker serves; a file that is now another project's is faulty
   */
  public FilePolicy(Path file, String project) {
    this.file = file;
    this.project = project;
  }

  @Override
  public Optional<Pipeline> pipeline(String environment) {
    PipelineFile pipelines = read();
    return pipelines.has(environment)
        ? Optional.of(pipelines.pipeline(environment))
        : Optional.empty();
  }

  @Override
  public Auto auto(String environment) {
    PipelineFile pipelines = read();
    return pipelines.has(environment) ? pipelines.auto(environment) : Auto.OFF;
  }

  @Override
  public Optional<MonitorPolicy> monitor(String environment) {
    return read().monitor(environment);
  }

  @Override
  public PreviewSettings previews() {
    return read().previews();
  }

  private PipelineFile read() {
    PipelineFile.Reading reading = PipelineFile.load(file);
    if (!reading.problems().isEmpty()) {
      throw new InvalidPolicyException(
          file.toString(), reading.problems().stream().map(Problem::toString).toList());
    }
    PipelineFile pipelines = reading.file();
    if (!pipelines.project().name().equals(project)) {
      throw new InvalidPolicyException(
          file.toString(),
          List.of(
              "project.name: found \""
                  + pipelines.project().name()
                  + "\"; this worker was started for \""
                  + project
                  + "\""));
    }
    return pipelines;
  }
}
