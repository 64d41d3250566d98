package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.PreviewSchema;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

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
 * @param use by people
 * @param schema of its own database; null = it has none, or nothing is known of it yet
 * @param let when an earlier run was let make the environment, which it made and did not mark; null
 *     = ours carry the mark
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
    Map<String, String> urls,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) PreviewUse use,
    @JsonInclude(JsonInclude.Include.NON_NULL) PreviewSchema schema,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant let) {
  public PreviewState {
    urls = urls == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(urls));
    use = use == null ? PreviewUse.NONE : use;
  }

  /** Of one that nobody has wanted before. */
  public static PreviewState fresh(String project, int number) {
    return new PreviewState(
        project, number, null, null, null, null, null, null, null, null, null, null);
  }

  PreviewState begun(Instant now) {
    return since != null
        ? this
        : new PreviewState(
            project,
            number,
            now,
            requester,
            environmentId,
            revision,
            stage,
            detail,
            urls,
            use,
            schema,
            let);
  }

  PreviewState askedBy(String person) {
    return requester != null
        ? this
        : new PreviewState(
            project,
            number,
            since,
            person,
            environmentId,
            revision,
            stage,
            detail,
            urls,
            use,
            schema,
            let);
  }

  PreviewState at(Stage now, String sentence) {
    return new PreviewState(
        project,
        number,
        since,
        requester,
        environmentId,
        revision,
        now,
        sentence,
        urls,
        use,
        schema,
        let);
  }

  /** Its environment is there. */
  PreviewState in(String environment, Map<String, String> addresses) {
    return new PreviewState(
        project,
        number,
        since,
        requester,
        environment,
        revision,
        stage,
        detail,
        addresses,
        use,
        schema,
        null);
  }

  /** This commit was brought there, or could not be. */
  PreviewState with(String commit) {
    return new PreviewState(
        project,
        number,
        since,
        requester,
        environmentId,
        commit,
        stage,
        detail,
        urls,
        use,
        schema,
        let);
  }

  /** Its environment is gone, and whatever comes begins anew. */
  PreviewState without() {
    return new PreviewState(
        project, number, since, requester, null, null, stage, detail, null, use, null, null);
  }

  /** As a sweep saw it. */
  PreviewState after(Sighting seen) {
    boolean gone = seen.lost() != null && seen.lost().equals(environmentId);
    boolean rests = stage == null || !(stage.busy() || stage.leaving());
    return (gone && rests ? without() : this).found(seen.environmentId(), seen.let());
  }

  /**
   * Railway has an environment of it, whether this run knew of it or not.
   *
   * @param environment null = it has none
   * @param madeFrom when it was let be made, if it carries no mark; null = it does
   */
  PreviewState found(String environment, Instant madeFrom) {
    return environment == null || environmentId != null
        ? this
        : new PreviewState(
            project,
            number,
            since,
            requester,
            environment,
            revision,
            stage,
            detail,
            urls,
            use,
            schema,
            madeFrom);
  }

  /**
   * Whether this commit is to be brought there now.
   *
   * @param room whether what waited may go on
   * @param asked whether somebody wants what failed tried again
   */
  boolean due(String commit, boolean room, boolean asked) {
    return stage != Stage.CONSENT
        && (room
            || (!commit.equals(revision) && stage != Stage.WAITING)
            || (asked && stage != Stage.READY));
  }

  /** From when on an unmarked environment of its name was made for it. */
  Instant madeSince() {
    return let != null && let.isBefore(since) ? let : since;
  }

  /**
   * What its own database has.
   *
   * @param found null = nothing is known of it any more, but for what drops one that was made
   */
  PreviewState having(PreviewSchema found) {
    PreviewSchema known = found == null && schema != null ? schema.failed() : found;
    return new PreviewState(
        project,
        number,
        since,
        requester,
        environmentId,
        revision,
        stage,
        detail,
        urls,
        use,
        known,
        let);
  }

  /** Somebody wanted it. */
  PreviewState activeAt(Instant now) {
    return using(use.activeAt(now));
  }

  /** A commit was brought there, or could not be. */
  PreviewState broughtAt(Instant now) {
    return using(use.broughtAt(now));
  }

  /** People were told of this end of it. */
  PreviewState warnedOf(Instant end) {
    return using(use.warnedOf(end));
  }

  /** Somebody had it removed at this commit; null = it is not known at which. */
  PreviewState declinedAt(String commit) {
    return using(use.declinedAt(commit));
  }

  /** What it may have of a fork is this. */
  PreviewState consenting(ForkConsent consent) {
    return Objects.equals(consent, use.fork()) ? this : using(use.consenting(consent));
  }

  /** For a run that goes on with it: this was said of it; null = the run knows. */
  PreviewState telling(PreviewUse.Told words) {
    return Objects.equals(words, use.told()) ? this : using(use.telling(words));
  }

  private PreviewState using(PreviewUse now) {
    return new PreviewState(
        project,
        number,
        since,
        requester,
        environmentId,
        revision,
        stage,
        detail,
        urls,
        now,
        schema,
        let);
  }
}
