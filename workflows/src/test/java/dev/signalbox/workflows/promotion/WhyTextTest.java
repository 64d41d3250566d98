package dev.signalbox.workflows.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhyTextTest {
  private static final Instant NINE = Instant.parse("2026-11-30T09:00:00.5Z");

  private static PromotionStatus status(List<Unmet> unmet, List<Ask> asks) {
    return new PromotionStatus(
        "promotion/x",
        "gates",
        "a".repeat(40),
        "c".repeat(64),
        "calm-owl",
        unmet,
        asks,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void namesTheOwnerAndTheEarliestTimeOfACondition() {
    assertThat(WhyText.waiting(new Unmet("freeze: weekend", "the calendar", NINE)))
        .isEqualTo("waits for freeze: weekend  (the calendar)  earliest 2026-11-30T09:00:00Z");
  }

  @Test
  void saysOfARunThatGoesOnThatItWaitsForNobody() {
    assertThat(WhyText.markdown(status(null, null)).lines())
        .containsExactly(
            "- promotion/x gates", "- digest cccccccccccc calm-owl", "- it waits for nobody");
  }

  @Test
  void keepsTheWordsOfOthersFromBecomingMarkup() {
    Unmet spiked = new Unmet("checks: [green](http://evil) <b>*now*</b>\n# done", null, null);

    assertThat(WhyText.markdown(status(List.of(spiked), null)))
        .endsWith(
            "\n- waits for checks: \\[green\\](http://evil) \\<b\\>\\*now\\*\\</b\\> \\# done");
  }

  @Test
  void putsWhatBelongsToAQuestionBelowIt() {
    Ask ask =
        new Ask(
            "deploy-web-1",
            Ask.Kind.QUESTION,
            "deploy",
            "Was it done?",
            "read at nine",
            List.of("done"),
            List.of("ana", "ben"),
            1,
            null,
            NINE,
            null);

    assertThat(WhyText.markdown(status(null, List.of(ask))))
        .endsWith("\n- asks deploy-web-1: Was it done?\n  - read at nine\n  - 1 of ana, ben");
  }
}
