package dev.signalbox.activities.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import java.util.Optional;

/**
 * One channel at Slack: a message for each notice, and the approval card, changed in place. Each
 * carries its marker as metadata, by which it is found when the answer was lost.
 *
 * @see <a href="https://docs.slack.dev/messaging/message-metadata">Message metadata</a>
 */
public final class SlackMessages implements Notifier, CardPlace {
  private static final int LONGEST = 2_900;

  private final SlackClient slack;
  private final String channel;

  /**
   * @param channel its id, {@code C…}
   */
  public SlackMessages(SlackClient slack, String channel) {
    this.slack = slack;
    this.channel = channel;
  }

  /** What people are asked has a card of its own. */
  @Override
  public boolean wants(Notice notice) {
    return !notice.carded();
  }

  @Override
  public void tell(Notice notice, boolean again) {
    if (!again || known(notice.marker()).isEmpty()) {
      slack.post(channel, message(notice));
    }
  }

  private static ObjectNode message(Notice notice) {
    String text = SlackText.ofMarkdown(notice.markdown(), LONGEST);
    ObjectNode message = JsonHttp.mapper().createObjectNode().put("text", text);
    message.put("unfurl_links", false).put("unfurl_media", false).put("link_names", false);
    SlackCard.section(message.putArray("blocks"), text);
    return marked(message, notice.marker());
  }

  @Override
  public String show(CardOrder order, boolean again) {
    ObjectNode message = marked(new SlackCard(order.card()).message(), order.marker());
    Optional<String> place = Optional.ofNullable(order.place());
    if (place.isEmpty() && again) {
      place = known(order.marker());
    }
    if (place.isPresent()) {
      try {
        slack.update(channel, place.get(), message);
        return place.get();
      } catch (ApiException gone) {
        if (gone.kind() != ApiException.Kind.NOT_FOUND) {
          throw gone;
        }
      }
    }
    return slack.post(channel, message);
  }

  /** Where it may not be read back, people rather read something twice than never. */
  private Optional<String> known(String marker) {
    try {
      return slack.find(channel, marker);
    } catch (ApiException unreadable) {
      if (unreadable.kind() == ApiException.Kind.REJECTED) {
        return Optional.empty();
      }
      throw unreadable;
    }
  }

  private static ObjectNode marked(ObjectNode message, String marker) {
    message
        .putObject("metadata")
        .put("event_type", "signalbox_notice")
        .putObject("event_payload")
        .put("marker", marker);
    return message;
  }
}
