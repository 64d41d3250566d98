package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.SchemaNote;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchemaWordsTest {

  // The first revision that the former code may not bear may be one that nobody could judge.
  @Test
  void saysFromWhichRevisionOnTheWayIsForwardOnlyAndNotOfWhichClassItIs() {
    assertThat(SchemaWords.of(new SchemaNote(List.of("r3"), 2, "r2")))
        .isEqualTo("migrated 2 revisions to r3, forward only from r2 on");
  }

  // It said that none was on record, a minute before one ended.
  @Test
  void namesWhatIsUnderWayWhereNothingHasEndedYet() {
    assertThat(SchemaWords.runs(Optional.empty(), List.of("migration/inspector/production")))
        .containsExactly(
            "no run of ours has ended yet", "under way  migration/inspector/production");
    assertThat(SchemaWords.runs(Optional.empty(), List.of()))
        .containsExactly("no run of ours is on record");
  }
}
