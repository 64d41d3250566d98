package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.notify.NotifyActivities.Topic;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a run tells people: on its pull request, where it has one, and at chat; where there is
 * neither, in an issue of the run, which what it asks for opens and its end closes. What people are
 * told never stops a run; that it could not be told stands in the timeline.
 */
final class NoticeBoard {
  /** What somebody must answer. */
  private static final Set<Event> ASKING =
      Set.of(Event.APPROVAL_WANTED, Event.APPROVAL_REMINDER, Event.QUESTION);

  private final String project;
  private final Supplier<Pipeline> pipeline;
  private final Supplier<PullRequest> pull;
  private final Timeline timeline;
  private final OnTheSide aside;
  private final List<ChatCard> cards = new ArrayList<>();
  private Supplier<String> body = () -> null;
  private boolean asksInIssue;

  /**
   * @param pipeline as it was read last
   * @param pull the run's pull request, as it is now; null = it has none
   * @param aside what the run waits for at its end: there the cards are kept up to date
   */
  NoticeBoard(
      String project,
      Supplier<Pipeline> pipeline,
      Supplier<PullRequest> pull,
      Timeline timeline,
      OnTheSide aside) {
    this.project = project;
    this.pipeline = pipeline;
    this.pull = pull;
    this.timeline = timeline;
    this.aside = aside;
  }

  /**
   * Has the pull request say what is so in the moment in which people are asked to approve it:
   * later no call is made until they have.
   *
   * @param currentBody its text, null = what stands there; may wait until nobody else writes it
   */
  void bringing(Supplier<String> currentBody) {
    this.body = currentBody;
  }

  /** Where the whole story is; null = nowhere. */
  String link() {
    return pull.get() == null ? null : pull.get().url();
  }

  /** Tells people now. A failing notice never stops a run; a cancel that arrives meanwhile does. */
  void tell(Event event, String step, String markdown, List<String> names) {
    if (anywhere()) {
      tell(notice(event, step, markdown, names, null));
    } else if (ASKING.contains(event) && pipeline.get() != null) {
      asksInIssue |= tell(notice(event, step, markdown, names, issue(false)));
    }
  }

  /** Whether it was told. */
  private boolean tell(Notice notice) {
    try {
      Workflow.newActivityStub(
              NotifyActivities.class,
              ActivityProfiles.optional(queue(), "tell: " + notice.event().name()))
          .tell(notice);
      return true;
    } catch (ActivityFailure failure) {
      if (Causes.isCancel(failure)) {
        throw failure;
      }
      timeline.failed("notice", null, Causes.message(failure));
      return false;
    }
  }

  /** The same, for a word that nothing waits for. */
  void tellAside(Event event, String step, String markdown, List<String> names) {
    if (anywhere() || asksInIssue) {
      Topic last = anywhere() ? null : issue(true);
      asksInIssue = false;
      Notice notice = notice(event, step, markdown, names, last);
      new Asides<>(NotifyActivities.class, queue())
          .say("tell: " + event.name(), notices -> notices.tell(notice));
    }
  }

  /** Opens an issue that stays open until somebody closes it. */
  void openIssue(Event event, String step, String title, String markdown, List<String> names) {
    tell(
        new Notice(
            project,
            repository(),
            0,
            event,
            marker(step),
            mentions(names),
            markdown,
            new Topic(marker(step), title, false)));
  }

  /**
   * @param over whether this is the last of it
   */
  private Topic issue(boolean over) {
    String run = Workflow.getInfo().getWorkflowId();
    return new Topic(marker("asks"), "Answer wanted: " + run, over);
  }

  private Notice notice(
      Event event, String step, String markdown, List<String> names, Topic topic) {
    return new Notice(
        project,
        repository(),
        pull.get() == null ? 0 : pull.get().number(),
        event,
        marker(step),
        mentions(names),
        markdown,
        topic,
        cards.stream().anyMatch(card -> card.shows(step)),
        event == Event.APPROVAL_WANTED && pull.get() != null ? body.get() : null);
  }

  /** Whether there is a place where anybody would be told. */
  private boolean anywhere() {
    return pull.get() != null || chat();
  }

  private boolean chat() {
    return pipeline.get() != null && pipeline.get().slack() != null;
  }

  /**
   * Shows a card at chat, and keeps it up to date on the side until {@link #close}.
   *
   * @param now the card as it would be shown at this moment
   */
  void showCard(String ask, Supplier<Card> now) {
    if (!chat()) {
      return;
    }
    ChatCard card = new ChatCard(project, ask, marker(ask), now, timeline);
    cards.add(card);
    aside.begin("notice", card::keep);
  }

  /** Nothing that comes later changes a card, and no issue asks any more. */
  void close() {
    cards.forEach(ChatCard::close);
    cards.clear();
    if (asksInIssue) {
      aside.begin("notice", this::closeIssue);
    }
  }

  /** Unless the run's last word, which was begun before, does it: a no and a cancel have none. */
  private void closeIssue() {
    if (asksInIssue) {
      String run = Workflow.getInfo().getWorkflowId();
      tellAside(
          Event.FAILED,
          "asks-no-more",
          "No answer is wanted any more; `signalbox why " + run + "` says how it ended.",
          List.of());
    }
  }

  private List<String> mentions(List<String> names) {
    return pipeline.get().people().stream()
        .filter(person -> names.contains(person.name()))
        .map(Person::mention)
        .distinct()
        .toList();
  }

  private String repository() {
    return pipeline.get().project().github();
  }

  private String queue() {
    return new TaskQueues(project).notices();
  }

  /** Recognises what this run said in this step. */
  static String marker(String step) {
    return Workflow.getInfo().getWorkflowId()
        + " "
        + Workflow.getInfo().getFirstExecutionRunId()
        + " "
        + step;
  }
}
