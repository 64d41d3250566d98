package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static dev.signalbox.workflows.fixtures.ApprovalsFixture.byOneOf;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Approvals.When;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An approval by one of the releasers and, where a contract revision is in it, one of the guests.
 */
class SeveralGroupsTest extends AsksHouse {
  private final Pipeline pipeline =
      aPipeline()
          .approved(byOneOf("release").and(new Quorum(1, List.of("guests"), When.CONTRACT)).build())
          .build();

  private final Ask both = approval(Need.of(pipeline, List.of(revision(RevisionClass.CONTRACT))));

  @BeforeEach
  void bothGroupsAreAsked() {
    asks.judgeBy(pipeline, "bob");
    asks.open(both);
  }

  @Test
  void asksTheSecondGroupOnlyWhenThereIsAReason() {
    assertThat(Need.words(Need.of(pipeline, List.of()))).isEqualTo("1 of release");
    assertThat(Need.words(Need.of(pipeline, List.of(revision(RevisionClass.EXPAND)))))
        .isEqualTo("1 of release");
    assertThat(Need.words(both.needs())).isEqualTo("1 of release and 1 of guests");
  }

  @Test
  void isNotDecidedByTwoOfOneGroup() {
    asks.take(anAnswer().by("ana").build());

    DecisionReply second = asks.take(anAnswer().by("ben").build());

    assertThat(second)
        .isEqualTo(new DecisionReply(true, "approve by ben counts; still wanted: 1 of guests"));
    assertThat(asks.decided(both)).isFalse();
  }

  @Test
  void isDecidedByOneOfEach() {
    asks.take(anAnswer().by("carl").build());
    asks.take(anAnswer().by("ana").build());

    assertThat(asks.decided(both)).isTrue();
  }

  @Test
  void namesEachGroupThatIsStillWantedWithItsPeople() {
    asks.take(anAnswer().by("ana").build());

    assertThat(DeployStatus.unmet(asks))
        .containsExactly(
            new Unmet("approval-1: May it go? Still wanted: 1 of guests", "carl", null));
  }

  private static PendingRevision revision(RevisionClass kind) {
    return new PendingRevision("r1", null, null, "0", kind, null, true, true, false, null);
  }
}
