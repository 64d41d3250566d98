package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a preview carries from one run to the next.
 *
 * @param since when it was first wanted; null = now
 * @param requester who asked first; null = not known
 * @param environmentId Railway's id; null = there was none yet
 * @param revision the commit that it was brought to, or that failed; null = none yet
 * @param stage null = it begins
 * @param detail in one sentence; null = nothing to say
 * @param urls address of each service that has one, in the order of deployment
 */
public record PreviewState(
    String project,
    int number,
    Instant since,
    String requester,
    String environmentId,
    String revision,
    Stage stage,
    String detail,
    Map<String, String> urls) {
  public PreviewState {
    urls = urls == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(urls));
  }

  /** Of one that nobody has wanted before. */
  public static PreviewState fresh(String project, int number) {
    return new PreviewState(project, number, null, null, null, null, null, null, null);
  }

  PreviewState begun(Instant now) {
    return since != null
        ? this
        : new PreviewState(
            project, number, now, requester, environmentId, revision, stage, detail, urls);
  }

  PreviewState askedBy(String person) {
    return requester != null
        ? this
        : new PreviewState(
            project, number, since, person, environmentId, revision, stage, detail, urls);
  }

  PreviewState at(Stage now, String sentence) {
    return new PreviewState(
        project, number, since, requester, environmentId, revision, now, sentence, urls);
  }

  /** Its environment is there. */
  PreviewState in(String environment, Map<String, String> addresses) {
    return new PreviewState(
        project, number, since, requester, environment, revision, stage, detail, addresses);
  }

  /** This commit was brought there, or could not be. */
  PreviewState with(String commit) {
    return new PreviewState(
        project, number, since, requester, environmentId, commit, stage, detail, urls);
  }

  /** Its environment is gone, and whatever comes begins anew. */
  PreviewState without() {
    return new PreviewState(project, number, since, requester, null, null, stage, detail, null);
  }
}
