package dev.signalbox.workflows.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;

/** What there is and what there should be, of all previews of a project at once. */
@ActivityInterface(namePrefix = "Previews")
public interface SurveyActivities {

  /**
   * Reads the open pull requests, the environments that are previews by their name or their mark,
   * and how the run of each stands. A few requests for each hundred. Changes nothing.
   */
  @ActivityMethod
  Survey survey(SurveyQuery query);

  /**
   * @param known ids of environments whose mark was read already and is ours
   */
  record SurveyQuery(
      String project,
      String repository,
      String railwayProject,
      String token,
      PreviewPolicy policy,
      List<String> known) {
    public SurveyQuery {
      known = known == null ? List.of() : List.copyOf(known);
    }
  }

  /**
   * @param pulls every open pull request of the repository
   * @param runs of every pull request that is open or has an environment; one that did not answer
   *     is not among them
   */
  record Survey(List<PullState> pulls, List<Found> environments, List<Seen> runs) {
    public Survey {
      pulls = pulls == null ? List.of() : List.copyOf(pulls);
      environments = environments == null ? List.of() : List.copyOf(environments);
      runs = runs == null ? List.of() : List.copyOf(runs);
    }
  }

  /**
   * An environment at Railway.
   *
   * @param number of the pull request that its mark says, or else its name
   * @param ours whether its mark says so
   * @param bare whether it is as one of ours is before it is marked: a copy of the base, for a
   *     time, and not Railway's own
   * @param railways whether Railway has made it by itself, beside ours or instead
   */
  record Found(
      int number,
      String id,
      String name,
      boolean ours,
      Instant createdAt,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bare,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean railways) {
    /** One that is as its mark says. */
    public Found(int number, String id, String name, boolean ours, Instant createdAt) {
      this(number, id, name, ours, createdAt, false);
    }

    /** One that Railway has not made by itself. */
    public Found(
        int number, String id, String name, boolean ours, Instant createdAt, boolean bare) {
      this(number, id, name, ours, createdAt, bare, false);
    }
  }

  /**
   * The run of one preview.
   *
   * @param running false = it has ended, or there never was one
   * @param head the newest commit that it knows; null = none
   * @param asked whether a person wanted it
   * @param use by people
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record Seen(
      int number,
      boolean running,
      Stage stage,
      String environmentId,
      String head,
      boolean asked,
      PreviewUse use) {
    public Seen {
      use = use == null ? PreviewUse.NONE : use;
    }

    /** Of a pull request that no run was ever of. */
    public static Seen none(int number) {
      return new Seen(number, false, null, null, null, false, null);
    }
  }
}
