package dev.signalbox.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.PostedText;
import org.junit.jupiter.api.Test;

class SlackTextTest {
  @Test
  void showsTheWordsOfOthersWithoutTheSignsThatKeepThemFromMeaningAnythingAtGitHub() {
    String words = "[click](http://evil.example) <b> #1 @ana _x_ a\\b";

    assertThat(SlackText.ofMarkdown("- **checks**: " + PostedText.words(words), 3000))
        .isEqualTo("• checks: [click](http://evil.example) &lt;b&gt; #1 @ana _x_ a\\b");
  }
}
