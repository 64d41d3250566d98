package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.PreviewDeploy;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.github.PullActivities.Remark;
import dev.signalbox.workflows.policy.Pipeline.Project;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.preview.PreviewUse.Told;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** What is said at GitHub about one preview; that it could not be said stops nothing. */
final class PreviewDesk {
  private final Project project;
  private final int number;
  private String environment;
  private final Asides<PullActivities> github;
  private final Predicate<StatusState> outdated;
  private boolean spoken;
  private boolean railways;
  private String said;

  /** The commit that was last said to be on its way; null = none is. */
  private String pending;

  /**
   * @param spoken whether there is a comment already
   * @param outdated whether what is said of this state need not be said any more, because something
   *     else will be
   */
  PreviewDesk(
      Project project,
      int number,
      String environment,
      boolean spoken,
      Predicate<StatusState> outdated) {
    this.project = project;
    this.number = number;
    this.environment = environment;
    this.spoken = spoken;
    this.outdated = outdated;
    this.github = new Asides<>(PullActivities.class, new TaskQueues(project.name()).github());
  }

  static PreviewDesk of(
      PreviewSettings settings, PreviewState state, Predicate<StatusState> outdated) {
    Told told = state.use().told();
    PreviewDesk desk =
        new PreviewDesk(
            settings.base().project(),
            state.number(),
            settings.previews().environment(state.number()),
            state.environmentId() != null || told != null,
            outdated);
    if (told != null) {
      desk.called(told.called());
      desk.pending = told.pending();
      desk.said = told.comment();
    }
    return desk;
  }

  /** What was said, for the run that goes on with it; null = nothing was. */
  Told told() {
    return spoken ? new Told(railways ? environment : null, pending, said) : null;
  }

  String environment() {
    return environment;
  }

  /** Railway has given it this name; null = it has not. */
  void called(String name) {
    railways = name != null;
    environment = name == null ? environment : name;
  }

  /** Whether Railway has made it. */
  boolean railways() {
    return railways;
  }

  void making(String base, String head) {
    say(
        notice(
            List.of(),
            PreviewText.making(environment, base, head),
            head,
            StatusState.PENDING,
            "being made",
            null,
            former(head, StatusState.PENDING),
            true));
  }

  /**
   * Asks for the consent of a member, in the comment alone: a commit status or a deployment would
   * let the fork's commit do things at GitHub.
   *
   * @param standing what is there
   * @return whether it can be read there
   */
  boolean consent(PreviewSettings settings, PullState pull, ForkConsent standing) {
    String text =
        PreviewText.consent(
            environment,
            pull,
            settings.previews().base(),
            ForkGate.names(settings),
            standing,
            settings.database() != null);
    // Nobody brings there any more what waited for room, or for Railway's setting.
    String former = pending;
    pending = null;
    boolean told = say(List.of(), text, null, null, null, null, former);
    said = text;
    return told;
  }

  void blocked(String head, String why) {
    say(
        PreviewText.blocked(environment, number, why),
        head,
        StatusState.PENDING,
        "blocked: " + why,
        null);
  }

  void waiting(String head, String why) {
    say(
        PreviewText.waiting(environment, number, why),
        head,
        StatusState.PENDING,
        "waits for room",
        null);
  }

  /** Of a commit that came while it waits, so that it is not without any word. */
  void waitsStill(String head, String why) {
    if (!head.equals(pending)) {
      waiting(head, why);
    }
  }

  /** What was said to come does not, and nothing of it was made. */
  void withdrawn(String head, String why) {
    say(PreviewText.withdrawn(environment, why), head, StatusState.INACTIVE, why, null);
  }

  void ready(String base, String head, PreviewState state, List<String> missing) {
    Map<String, String> urls = state.urls();
    say(
        SchemaText.remarks(state.schema()),
        PreviewText.ready(environment, number, base, head, urls)
            + PreviewText.consented(state.use().consent())
            + SchemaText.of(state.schema())
            + PreviewText.missing(missing),
        head,
        StatusState.SUCCESS,
        "live and verified",
        urls.values().stream().reduce((earlier, last) -> last).orElse(null));
  }

  /**
   * @param urls of what is there
   */
  void failed(String head, PreviewDeploy.End end, Map<String, String> urls) {
    say(
        SchemaText.remarks(end.schema()),
        PreviewText.failed(environment, number, head, end)
            + PreviewText.addresses(urls)
            + SchemaText.of(end.schema()),
        head,
        StatusState.FAILURE,
        end.detail(),
        null);
  }

  void refused(String head, List<String> obstacles) {
    say(
        PreviewText.refused(environment, obstacles, railways),
        head,
        StatusState.FAILURE,
        "not made: " + obstacles.get(0),
        null);
  }

  void asked(Ask ask) {
    String id = PreviewEnvWorkflow.id(project.name(), number);
    say(PreviewText.asked(environment, id, ask), null, null, null, null);
  }

  void stuck(String why) {
    say(PreviewText.stuck(environment, why), null, null, null, null);
  }

  /**
   * Says above what was said last when it goes by itself.
   *
   * @param state as it rests
   * @param end null = there is nothing to say
   */
  PreviewState endTold(PreviewSettings settings, PreviewState state, Instant end) {
    if (end == null) {
      return state;
    }
    String before =
        said != null
            ? said
            : PreviewText.ready(
                environment, number, settings.previews().source(), state.revision(), state.urls());
    say(PreviewText.ending(end) + before, null, null, null, null);
    return state.warnedOf(end);
  }

  /**
   * @param there whether there was one; of what was never there and never spoken of nothing is said
   */
  void gone(boolean there, String head, String why) {
    if (there || spoken) {
      say(PreviewText.gone(environment, why), head, StatusState.INACTIVE, "gone: " + why, null);
    }
  }

  /** It stays at Railway, because it is not ours to remove any more. */
  void left(String head, String why) {
    if (spoken) {
      say(PreviewText.left(environment, why), head, StatusState.INACTIVE, why, null);
    }
  }

  /**
   * @param sha the commit that it is about; null = none, and only the comment is written
   * @param url what people open; null = nothing yet
   */
  private boolean say(
      String markdown, String sha, StatusState state, String description, String url) {
    return say(List.of(), markdown, sha, state, description, url);
  }

  private boolean say(
      List<Remark> remarks,
      String markdown,
      String sha,
      StatusState state,
      String description,
      String url) {
    return say(remarks, markdown, sha, state, description, url, former(sha, state));
  }

  /**
   * @param remarks on lines of the pull request's files
   * @param former the commit that is not on its way any more; null = none
   */
  private boolean say(
      List<Remark> remarks,
      String markdown,
      String sha,
      StatusState state,
      String description,
      String url,
      String former) {
    return say(notice(remarks, markdown, sha, state, description, url, former, false));
  }

  private PreviewNotice notice(
      List<Remark> remarks,
      String markdown,
      String sha,
      StatusState state,
      String description,
      String url,
      String former,
      boolean passing) {
    return new PreviewNotice(
        project.name(),
        project.github(),
        number,
        PreviewEnvWorkflow.id(project.name(), number),
        environment,
        markdown,
        sha,
        state,
        description,
        url,
        remarks,
        former,
        passing);
  }

  private boolean say(PreviewNotice notice) {
    spoken = true;
    said = notice.sha() == null ? said : notice.markdown();
    boolean lasting = notice.state() != null && !notice.passing();
    try {
      if (lasting) {
        github.insist(
            "tell of the preview",
            activities -> activities.tellPreview(notice),
            later ->
                new WhileWanted<>(
                        () -> {
                          later.apply();
                          return null;
                        })
                    .unless(() -> outdated.test(notice.state())));
      } else {
        github.say("tell of the preview", activities -> activities.tellPreview(notice));
      }
      return true;
    } catch (ActivityFailure | CanceledFailure unsaid) {
      if (!lasting) {
        Causes.rethrowCancel(unsaid);
      }
      Workflow.getLogger(PreviewDesk.class)
          .warn("pull request not told number={} reason={}", number, Causes.message(unsaid));
      return false;
    }
  }

  /** What is not on its way any more, now that something else is said; null = none. */
  private String former(String sha, StatusState state) {
    if (state == null) {
      return null;
    }
    boolean over = state == StatusState.INACTIVE || !Objects.equals(pending, sha);
    String former = over ? pending : null;
    pending = state == StatusState.PENDING ? sha : null;
    return former;
  }
}
