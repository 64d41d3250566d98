package dev.signalbox.workflows.policy;

import java.util.List;

/**
 * What previews are made by, as the file says it at the moment.
 *
 * @param previews null = the file has no {@code [previews]}, and nobody gets any
 * @param base the pipeline of the environment that they are copied from
 * @param others the other environments of the file that live in the same Railway project: nothing
 *     of a preview may lead there
 */
public record PreviewSettings(PreviewPolicy previews, Pipeline base, List<String> others) {
  public PreviewSettings {
    others = others == null ? List.of() : List.copyOf(others);
  }
}
