package dev.signalbox.workflows.notify;

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
   * @param pullRequest where to comment; 0 = no pull request
   * @param marker recognises our own: promotion id, run and step
   * @param mentions GitHub mentions, each with its {@code @}
   * @param markdown the text without mentions and marker
   */
  record Notice(
      String project,
      String repository,
      int pullRequest,
      Event event,
      String marker,
      List<String> mentions,
      String markdown) {
    public Notice {
      mentions = mentions == null ? List.of() : List.copyOf(mentions);
    }
  }

  /** What happened. */
  enum Event {
    @JsonProperty("approvalWanted")
    APPROVAL_WANTED,
    @JsonProperty("question")
    QUESTION,
    @JsonProperty("delayed")
    DELAYED,
    @JsonProperty("rolledBack")
    ROLLED_BACK,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("live")
    LIVE
  }
}
