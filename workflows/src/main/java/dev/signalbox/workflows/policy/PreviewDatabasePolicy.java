package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The database that each preview has for itself.
 *
 * @param server name of the worker's variable with the address of the server on which it is made;
 *     null = the server of the base's own
 * @param seed the command that fills it once, after its first migration; empty = it stays as the
 *     migrations leave it
 */
public record PreviewDatabasePolicy(
    @JsonInclude(JsonInclude.Include.NON_NULL) String server,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> seed) {
  public PreviewDatabasePolicy {
    seed = seed == null ? List.of() : List.copyOf(seed);
  }
}
