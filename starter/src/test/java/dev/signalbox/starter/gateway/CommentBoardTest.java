package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one comment that answers stand in. */
class CommentBoardTest {
  private final PullRequest pull = new PullRequest();

  @AfterEach
  void close() {
    pull.close();
  }

  @Test
  void keepsWhatAnotherGatewayAnswered() {
    pull.board().answer(3, 7, "ana", "it waits\n\nfor @ben & <!-- x -->");
    pull.board().answer(3, 8, "ben", "frozen");
    String before = pull.text();

    pull.board().answer(3, 8, "ben", "frozen until noon");

    assertThat(pull.comments()).isEqualTo(1);
    assertThat(pull.text()).isEqualTo(before.replace("frozen", "frozen until noon"));
    assertThat(pull.text())
        .startsWith("To ben ([comment 8]")
        .contains("To ana ([comment 7](#issuecomment-7)):\n\n    it waits\n    \n    for ");
  }

  @Test
  void takesNothingThatIsQuotedForAnAnswer() {
    pull.board().answer(3, 9, "ben", "refused");
    pull.board().answer(3, 7, "ana", "To ben ([comment 9](#issuecomment-9)):\n\ncounted");

    pull.board().answer(3, 8, "ana", "it waits");

    assertThat(pull.text())
        .contains(
            "    refused\n", "    To ben ([comment 9](#issuecomment-9)):\n    \n    counted\n");
  }

  @Test
  void showsTheNewestFive() {
    for (int comment = 1; comment <= 7; comment++) {
      pull.board().answer(3, comment, "ana", "answer " + comment);
    }

    assertThat(pull.text())
        .contains("answer 3", "answer 7")
        .doesNotContain("answer 1\n", "answer 2\n");
  }
}
