package dev.signalbox.workflows.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * Tells people. Each place is one {@code Notifier}; all are marked, so the same notice twice is
 * one.
 */
@ActivityInterface(namePrefix = "Notify")
public interface NotifyActivities {

  @ActivityMethod
  void tell(Notice notice);

  /**
   * Shows a card where chat is, or changes the one that stands there. <em>Marked</em>: one whose
   * answer was lost is found by its marker.
   *
   * @return where it stands now; null = no chat is configured
   */
  @ActivityMethod
  String showCard(CardOrder order);

  /**
   * @param marker recognises our own: promotion id, run and ask
   * @param place where it stands already; null = nowhere that is known
   */
  record CardOrder(String project, String marker, String place, Card card) {}

  /**
   * @param pullRequest where to comment; 0 = no pull request
   * @param marker recognises our own: promotion id, run and step
   * @param mentions GitHub mentions, each with its {@code @}
   * @param markdown the text without mentions and marker
   * @param topic what it belongs to, where there is no pull request; null = nothing that goes on
   * @param carded whether chat has a card of it, and needs no text
   * @param pullBody what the pull request is to say from now on; null = as it does
   */
  record Notice(
      String project,
      String repository,
      int pullRequest,
      Event event,
      String marker,
      List<String> mentions,
      String markdown,
      Topic topic,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean carded,
      @JsonInclude(JsonInclude.Include.NON_NULL) String pullBody) {
    public Notice {
      mentions = mentions == null ? List.of() : List.copyOf(mentions);
    }

    /** One about a pull request, or about none. */
    public Notice(
        String project,
        String repository,
        int pullRequest,
        Event event,
        String marker,
        List<String> mentions,
        String markdown) {
      this(project, repository, pullRequest, event, marker, mentions, markdown, null);
    }

    /** One of which chat has no card. */
    public Notice(
        String project,
        String repository,
        int pullRequest,
        Event event,
        String marker,
        List<String> mentions,
        String markdown,
        Topic topic) {
      this(project, repository, pullRequest, event, marker, mentions, markdown, topic, false, null);
    }
  }

  /**
   * Something that goes on for a while, of which people are told several times.
   *
   * @param id the same for all that is told of it
   * @param over whether this is the last of it
   */
  record Topic(String id, String title, boolean over) {}

  /** What happened. */
  enum Event {
    @JsonProperty("approvalWanted")
    APPROVAL_WANTED,
    @JsonProperty("emergency")
    EMERGENCY,
    @JsonProperty("approvalReminder")
    APPROVAL_REMINDER,
    @JsonProperty("question")
    QUESTION,
    @JsonProperty("delayed")
    DELAYED,
    /** Somebody lets a promotion pass a freeze. */
    @JsonProperty("overridden")
    OVERRIDDEN,
    /** The next in the queue has got an environment's lock. */
    @JsonProperty("lockPassedOn")
    LOCK_PASSED_ON,
    @JsonProperty("rolledBack")
    ROLLED_BACK,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("live")
    LIVE,
    @JsonProperty("backupFailed")
    BACKUP_FAILED,
    @JsonProperty("backupTaken")
    BACKUP_TAKEN
  }
}
