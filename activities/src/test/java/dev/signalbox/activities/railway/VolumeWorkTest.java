package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.railway.RailwayVolumes.Work;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeWorkTest {
  @ParameterizedTest
  @CsvSource({
    "Complete, true",
    "NotFound, true",
    "Running, false",
    "Error, false",
    "Paused, false"
  })
  void isOverOnlyByAWordThatIsKnownToMeanIt(String status, boolean over) {
    assertThat(new Work(status, null).over()).isEqualTo(over);
  }
}
