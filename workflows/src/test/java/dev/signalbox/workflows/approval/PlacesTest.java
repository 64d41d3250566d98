package dev.signalbox.workflows.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Places.Voice;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who fills which place of an approval by several groups. */
class PlacesTest {
  private static final Need RELEASERS =
      new Need(1, List.of("release-managers"), List.of("ana", "ben"));
  private static final Need DBA = new Need(1, List.of("dba"), List.of("ben", "dora"));

  @Test
  void fillsThePlacesOfSeveralGroups() {
    assertThat(missing(List.of(RELEASERS, DBA), "ana", "dora")).isEmpty();
  }

  @Test
  void saysWhichGroupIsStillMissing() {
    assertThat(missing(List.of(RELEASERS, DBA), "ana")).containsExactly("1 of dba");
  }

  @Test
  void countsNobodyTwiceWhoIsInBothGroups() {
    assertThat(missing(List.of(RELEASERS, DBA), "ben")).hasSize(1);
  }

  @Test
  void makesRoomForWhoeverCanSitInOnePlaceOnly() {
    assertThat(missing(List.of(RELEASERS, DBA), "ben", "ana")).isEmpty();
    assertThat(missing(List.of(RELEASERS, DBA), "ben", "dora")).isEmpty();
  }

  @Test
  void findsTheOnlySeatingOfThreeGroups() {
    Need any = new Need(1, List.of("any"), List.of("ana", "ben", "dora"));

    assertThat(missing(List.of(any, RELEASERS, DBA), "ana", "ben", "dora")).isEmpty();
  }

  @Test
  void countsHowManyAreMissingOfAGroup() {
    Need three = new Need(3, List.of("release-managers"), List.of("ana", "ben", "carl"));

    assertThat(missing(List.of(three), "carl")).containsExactly("2 of release-managers");
  }

  @Test
  void seatsNobodyWhoIsInNoGroup() {
    assertThat(missing(List.of(RELEASERS), "mallory")).containsExactly("1 of release-managers");
  }

  @Test
  void seatsWhoSpeaksForAnother() {
    assertThat(Places.unfilled(List.of(DBA), List.of(new Voice(Set.of("carl", "dora"))))).isEmpty();
  }

  private static List<String> missing(List<Need> needs, String... yes) {
    return Places.unfilled(needs, Stream.of(yes).map(Voice::of).toList()).stream()
        .map(Need::words)
        .toList();
  }
}
