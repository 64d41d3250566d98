package dev.signalbox.workflows.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.migration.DatabaseIdentity;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.List;

/**
 * Makes the release set, and with it the digest that approvals are bound to. Called at resolve and
 * under the lease only.
 */
public final class ReleaseSets {
  private ReleaseSets() {}

  /**
   * The release set of these facts; GitHub must have been read.
   *
   * @param mixed whether what runs is no set any more: the base was live before that
   */
  public static ReleaseSet of(Pipeline pipeline, String revision, Facts facts, boolean mixed) {
    return of(pipeline, revision, facts, mixed, null, null);
  }

  /** The same where the schema stays as it is. */
  public static ReleaseSet of(
      Pipeline pipeline, String revision, Facts facts, boolean mixed, String service) {
    return of(pipeline, revision, facts, mixed, service, null);
  }

  /**
   * The same where not all of it is deployed, or where the schema changes with it.
   *
   * @param service the one that is deployed alone; null = all are
   * @param schema null = nothing of it changes
   */
  public static ReleaseSet of(
      Pipeline pipeline,
      String revision,
      Facts facts,
      boolean mixed,
      String service,
      SchemaChange schema) {
    // Of what runs no set is known: then what stays would be no part of a verified one.
    List<String> unchanged = mixed ? List.of() : facts.release().unchanged();
    List<String> skipped = skipped(pipeline, unchanged, service);
    String digest =
        Digest.of(
            new Covered(
                schema == null ? 2 : schema.identity() == null ? 3 : 4,
                pipeline.project().name(),
                pipeline.environment().name(),
                revision,
                facts.base(),
                mixed,
                facts.release().targetHead(),
                pipeline.serviceNames(),
                migrations(schema),
                List.of(),
                pipeline.covered(),
                skipped,
                schema == null ? null : schema.identity()));
    return new ReleaseSet(
        revision,
        facts.base(),
        mixed,
        facts.release().targetHead(),
        // Without a source nothing is ever merged, whatever stands on the branch.
        pipeline.source() == null ? null : facts.release().merged(),
        facts.release().head(),
        digest,
        Alias.of(digest),
        pipeline.serviceNames(),
        facts.release().commits(),
        facts.release().pulls(),
        facts.release().commitsInAll(),
        unchanged,
        skipped,
        service,
        schema);
  }

  private static List<Migration> migrations(SchemaChange schema) {
    return schema == null
        ? List.of()
        : schema.all().stream()
            .map(revision -> new Migration(revision.revision(), revision.hash()))
            .toList();
  }

  /**
   * @param hash of the file: what people read is what runs
   */
  private record Migration(String revision, String hash) {}

  private static List<String> skipped(Pipeline pipeline, List<String> unchanged, String service) {
    if (service != null) {
      return pipeline.serviceNames().stream().filter(name -> !name.equals(service)).toList();
    }
    return pipeline.environment().skipsUnchanged() ? unchanged : List.of();
  }

  /** What an approval covers. A new field is a new {@code v}; a waiting promotion keeps its own. */
  private record Covered(
      int v,
      String project,
      String environment,
      String revision,
      String base,
      boolean mixed,
      String targetHead,
      List<String> services,
      List<Migration> migrations,
      List<String> variables,
      Pipeline policy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipped,
      @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseIdentity database) {}
}
