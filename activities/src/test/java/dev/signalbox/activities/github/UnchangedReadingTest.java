package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.ReleaseQuery;
import dev.signalbox.workflows.github.ReleaseQuery.ServicePaths;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which services a release leaves unchanged, asked of the sandbox's GitHub. */
class UnchangedReadingTest extends OnSandbox {
  private GitHubActivities github;
  private String live;

  @BeforeEach
  void register() {
    github = stub(GitHubActivities.class, new GitHubActivitiesImpl(github(), SERVED));
    sandbox.repository().setBranch("line", head("main"));
    live = push("backend/app.py", "backend/api/v1.py", "frontend/index.html", "VERSION");
  }

  private String push(String... files) {
    Map<String, byte[]> changes = new HashMap<>();
    for (String file : files) {
      changes.put(file, (file + " after " + head("line")).getBytes(StandardCharsets.UTF_8));
    }
    return sandbox.pushRelease("line", changes, "Change " + files.length + " files");
  }

  private List<String> unchanged(String base, String revision, ServicePaths... services) {
    return github
        .readRelease(
            new ReleaseQuery(
                PROJECT,
                sandbox.repositoryName(),
                revision,
                base,
                true,
                "main",
                null,
                List.of(services),
                null))
        .unchanged();
  }

  private static ServicePaths running(String commit, String service, String... paths) {
    return new ServicePaths(service, commit, List.of(paths));
  }

  @ParameterizedTest(name = "{0} changes {1}: {2}")
  @CsvSource({
    "backend/**, backend/app.py, true",
    "backend/**, backend/api/v1.py, true",
    "backend/**, frontend/index.html, false",
    "backend, backend/api/v1.py, true",
    "backend/*.py, backend/app.py, true",
    "backend/*.py, backend/api/v1.py, false",
    "backend/???.py, backend/app.py, true",
    "**/*.py, app.py, true",
    "**/*.py, backend/api/v1.py, true",
    "back, backend/app.py, false",
    "b.ckend, backend/app.py, false",
    "VERSION, VERSION, true",
  })
  void knowsWhatAPatternNames(String pattern, String file, boolean changes) {
    String revision = push(file);

    assertThat(unchanged(live, revision, running(live, "backend", pattern)).isEmpty())
        .isEqualTo(changes);
  }

  @Test
  void costsNoCallWhereTheLiveRevisionRuns() {
    String revision = push("frontend/index.html");
    int before = seen().size();

    assertThat(unchanged(live, revision)).isEmpty();
    int without = seen().size() - before;
    assertThat(
            unchanged(
                live,
                revision,
                running(live, "backend", "backend/**"),
                running(live, "frontend", "frontend/**")))
        .containsExactly("backend");

    assertThat(seen().size() - before - without).isEqualTo(without);
  }

  @Test
  void comparesWithWhatAServiceRunsThatWasLeftOnAnOlderCommit() {
    String second = push("backend/app.py");
    String third = push("frontend/index.html");

    assertThat(unchanged(second, third, running(second, "backend", "backend/**")))
        .containsExactly("backend");
    assertThat(unchanged(second, third, running(live, "backend", "backend/**"))).isEmpty();
    assertThat(unchanged(second, third, running(live, "docs", "docs/**"))).containsExactly("docs");
  }

  @Test
  void takesAFileThatMovedAwayForChanged() {
    Map<String, byte[]> move = new HashMap<>();
    move.put("backend/app.py", null);
    move.put("attic/app.py", ("backend/app.py after " + live).getBytes(StandardCharsets.UTF_8));
    String revision = sandbox.pushRelease("line", move, "Move it away");

    assertThat(unchanged(live, revision, running(live, "backend", "backend/**"))).isEmpty();
  }

  @Test
  void takesForChangedWhatItCannotKnow() {
    String revision = push("frontend/index.html");
    sandbox.repository().setBranch("line", live);
    String aside = push("docs/page.md");
    String[] many = new String[300];
    for (int at = 0; at < many.length; at++) {
      many[at] = "docs/" + at;
    }
    String large = push(many);

    assertThat(unchanged(live, large, running(aside, "backend", "backend/**")))
        .as("GitHub names no more than 300 files")
        .isEmpty();
    assertThat(unchanged(live, revision, running(aside, "backend", "backend/**")))
        .as("what runs is no ancestor")
        .isEmpty();
    assertThat(unchanged(live, revision, running("0".repeat(40), "backend", "backend/**")))
        .as("what runs is not there")
        .isEmpty();
    assertThat(unchanged(null, revision, running(live, "backend", "backend/**")))
        .as("nothing is live")
        .isEmpty();
  }

  @Test
  void leavesAllAsItIsWhenTheLiveRevisionIsPromotedAgain() {
    assertThat(unchanged(live, live, running(live, "backend", "**"))).containsExactly("backend");
  }
}
