package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Need;
import dev.signalbox.workflows.approval.Nudges;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.release.Moments;
import java.util.List;

/** Speaks of an approval that waits, once each time. */
final class ApprovalNudges implements Nudges {
  private final NoticeBoard board;

  ApprovalNudges(NoticeBoard board) {
    this.board = board;
  }

  @Override
  public void remind(Ask ask, List<Need> missing, int number) {
    List<String> people =
        missing.stream().flatMap(need -> need.from().stream()).distinct().toList();
    board.tell(
        Event.APPROVAL_REMINDER,
        ask.id() + "-reminder-" + number,
        "**Still waiting for approval** since "
            + Moments.text(ask.askedAt())
            + wanted(ask, missing),
        ask.withStandIns(people));
  }

  @Override
  public void escalate(Ask ask, List<String> people) {
    board.tell(
        Event.APPROVAL_WANTED,
        ask.id() + "-escalated-to-" + String.join("-", people),
        "**Approval wanted**, and nobody has given it since "
            + Moments.text(ask.askedAt())
            + ": "
            + String.join(", ", people)
            + " may say yes too"
            + wanted(ask, ask.needs()),
        people);
  }

  private static String wanted(Ask ask, List<Need> missing) {
    return "\n\n- "
        + ask.text()
        + "\n- wanted: "
        + Need.words(missing)
        + "\n- expires "
        + Moments.text(ask.expires())
        + ", and expired is rejected\n- digest `"
        + Digest.brief(ask.digest())
        + "`\n";
  }
}
