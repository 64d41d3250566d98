package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.revision;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.github.TriggerLook.Pull;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Auto.On;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Production is promoted from staging; its branch is main. */
class TriggerRulesTest {
  private static final Auto ANY = auto(List.of(), List.of());

  @Test
  void aLabelCountsOnWhatWasMergedIntoTheSource() {
    assertThat(label(ANY, merged("fix/typo", "staging"))).isEmpty();
    assertThat(label(ANY, merged("fix/typo", "develop")).orElseThrow())
        .startsWith("it was merged into develop; one counts that was merged into staging");
  }

  @Test
  void aLabelCountsOnTheOpenPullRequestOfTheRelease() {
    assertThat(label(ANY, open("staging", true, "main"))).isEmpty();
  }

  @Test
  void aLabelDoesNotCountOnACopysBranchOfThatName() {
    assertThat(label(ANY, open("staging", false, "main"))).isPresent();
  }

  @Test
  void aLabelWaitsForTheMerge() {
    assertThat(label(ANY, open("fix/typo", true, "staging")).orElseThrow())
        .startsWith("it is open, into staging");
    assertThat(label(ANY, new Pull(false, false, "x", true, "staging", List.of())).orElseThrow())
        .startsWith("it was closed, into staging");
  }

  @Test
  void saysNothingOfAnotherLabelAndOfAReleaseThatIsOver() {
    TriggerRules rules = rules(ANY);

    assertThat(rules.silent(On.LABEL, look(merged("x", "staging", "bug")))).isTrue();
    assertThat(rules.silent(On.LABEL, look(merged("staging", "main", "Promote")))).isTrue();
    assertThat(rules.silent(On.LABEL, look(merged("x", "staging", "Promote")))).isFalse();
  }

  @Test
  void aPullRequestMustComeFromABranchThatFits() {
    Auto auto = auto(List.of("release/*", "bot/**"), List.of());

    assertThat(label(auto, merged("release/7", "staging"))).isEmpty();
    assertThat(label(auto, merged("release/7/a", "staging"))).isPresent();
    assertThat(label(auto, merged("bot/7/a", "staging"))).isEmpty();
  }

  @Test
  void aPushMustHaveComeByAPullRequestThatFits() {
    Auto auto = auto(List.of("release/*"), List.of());

    assertThat(push(auto, true, List.of("fix/typo", "release/7"))).isEmpty();
    assertThat(push(auto, true, List.of("fix/typo")).orElseThrow())
        .contains("it came from fix/typo, which does not fit");
    assertThat(push(auto, true, List.of()).orElseThrow()).contains("by no pull request");
  }

  @Test
  void somethingOfItsFilesMustDifferFromWhatIsLive() {
    Auto auto = auto(List.of(), List.of("backend/**"));

    assertThat(push(auto, true, List.of())).isEmpty();
    assertThat(push(auto, false, List.of()).orElseThrow())
        .contains("no file of `paths` differs from 0000000, which is live");
  }

  private static Auto auto(List<String> head, List<String> paths) {
    return new Auto(List.of(On.PUSH, On.LABEL), null, null, null, paths, head);
  }

  private static TriggerRules rules(Auto auto) {
    return new TriggerRules(auto, aPipeline().build());
  }

  private static Optional<String> label(Auto auto, Pull pull) {
    return rules(auto).obstacle(On.LABEL, look(pull), revision(1));
  }

  private static Optional<String> push(Auto auto, boolean touched, List<String> heads) {
    return rules(auto)
        .obstacle(On.PUSH, new TriggerLook(revision(2), null, touched, heads), revision(1));
  }

  private static TriggerLook look(Pull pull) {
    return new TriggerLook(revision(2), pull, true, List.of());
  }

  private static Pull merged(String head, String base, String... labels) {
    return new Pull(false, true, head, true, base, List.of(labels));
  }

  private static Pull open(String head, boolean ours, String base) {
    return new Pull(true, false, head, ours, base, List.of());
  }
}
