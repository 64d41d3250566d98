package dev.signalbox.workers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.archive.ArchiveSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTableTest {
  private static final String PIPELINE =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "0f0c"
      [services.backend]
      [environments.production]
      branch = "main"
      """;

  @Test
  void hasNoArchiveWhereNothingIsSaidOfIt() {
    assertThat(PipelineFile.parse("signalbox.toml", PIPELINE).orThrow().archive()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/var/lib/signalbox",
        "file:///var/lib/signal box",
        "s3://acme-backups",
        "s3://acme-backups/inspector/production"
      })
  void readsWhereItIs(String store) {
    assertThat(PipelineFile.parse("signalbox.toml", PIPELINE + archive(store)).orThrow().archive())
        .contains(new ArchiveSettings(store));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:backups",
        "file://backups/here",
        "/var/lib/signalbox",
        "s3://",
        "s3://UPPER/x",
        "https://bucket.example/x",
        "gs://bucket"
      })
  void refusesWhatIsNoPlace(String store) {
    assertThat(problems(archive(store)))
        .startsWith("signalbox.toml:9:1: archive.store: found \"" + store + "\"; allowed: ")
        .contains("file:/an/absolute/directory");
  }

  @Test
  void repeatsNoCredentialsThatSomebodyWroteIntoTheAddress() {
    assertThat(problems(archive("s3://key:canary-secret@bucket/x")))
        .startsWith("signalbox.toml:9:1: archive.store: found an address with credentials in it")
        .doesNotContain("canary");
  }

  @Test
  void needsAStore() {
    assertThat(problems("[archive]\n")).contains("archive.store: is missing");
  }

  @Test
  void refusesAKeyThatThereIsNot() {
    assertThat(problems("[archive]\nstores = \"file:/a\"\n")).contains("did you mean \"store\"?");
  }

  private static String archive(String store) {
    return "[archive]\nstore = \"" + store + "\"\n";
  }

  private static String problems(String table) {
    return PipelineText.problems(PIPELINE + table);
  }
}
