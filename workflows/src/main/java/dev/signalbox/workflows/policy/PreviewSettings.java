package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What previews are made by, as the file says it at the moment.
 *
 * @param previews null = the file has no {@code [previews]}, and nobody gets any
 * @param base the pipeline of the environment that they are copied from
 * @param others the other environments of the file that live in the same Railway project: nothing
 *     of a preview may lead there
 * @param database which each has for itself; null = none is made, and nothing is migrated
 */
public record PreviewSettings(
    PreviewPolicy previews,
    Pipeline base,
    List<String> others,
    @JsonInclude(JsonInclude.Include.NON_NULL) PreviewDatabasePolicy database) {
  /** Without a database of their own. */
  public PreviewSettings(PreviewPolicy previews, Pipeline base, List<String> others) {
    this(previews, base, others, null);
  }

  public PreviewSettings {
    others = others == null ? List.of() : List.copyOf(others);
  }
}
