package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What one look at a release's migrations found. What could not be read is null, and the reason
 * stands beside it: unknown is no.
 *
 * @param plan null = it could not be read
 * @param unread why not; null = it was
 * @param source what the environment promoted from has run; null = there is none, or nothing is
 *     pending that it could have run
 */
public record MigrationLook(MigrationPlan plan, Unread unread, SourceSchema source) {

  /**
   * @param permanent whether waiting does not help
   */
  public record Unread(String sentence, boolean permanent) {}

  /**
   * Where the source's database stands.
   *
   * @param at revisions that it names, sorted
   * @param pending whether this commit has something to run there; null = its revisions say so
   * @param unread why it is not known; null = it is
   */
  public record SourceSchema(
      List<String> at, @JsonInclude(JsonInclude.Include.NON_NULL) Boolean pending, Unread unread) {
    public SourceSchema(List<String> at, Unread unread) {
      this(at, null, unread);
    }

    public SourceSchema {
      at = at == null ? List.of() : List.copyOf(at);
    }
  }
}
