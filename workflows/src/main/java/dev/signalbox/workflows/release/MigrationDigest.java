package dev.signalbox.workflows.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.DatabaseIdentity;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.List;

/** What an approval of a migration without a release is bound to. */
public final class MigrationDigest {
  private MigrationDigest() {}

  /** SHA-256 over everything that the yes covers, 64 hex. */
  public static String of(Pipeline pipeline, String revision, MigrationOrder order) {
    return Digest.of(
        new Covered(
            1,
            pipeline.project().name(),
            pipeline.environment().name(),
            revision,
            order.from(),
            order.revisions().stream()
                .map(one -> new Migration(one.revision(), one.hash()))
                .toList(),
            pipeline.covered(),
            order.downTo(),
            order.identity()));
  }

  private record Migration(String revision, String hash) {}

  private record Covered(
      int v,
      String project,
      String environment,
      String revision,
      List<String> from,
      List<Migration> migrations,
      Pipeline policy,
      @JsonInclude(JsonInclude.Include.NON_NULL) String downTo,
      @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseIdentity database) {}
}
