package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntilOptionTest {
  @ParameterizedTest
  @CsvSource({
    "2027-03-28T02:30, 2027-03-28T01:00:00Z", // that night the clock jumps from 02:00 to 03:00
    "2027-10-31T02:30, 2027-10-31T01:30:00Z", // and here it shows 02:30 twice
    "2027-07-01T08:00, 2027-07-01T06:00:00Z"
  })
  void endsAsAFreezeOfTheFileDoesWhereTheClockIsTurned(String written, Instant ends) {
    UntilOption until = new UntilOption();
    until.until = written;
    until.zone = "Europe/Berlin";

    assertThat(until.moment(Instant.EPOCH)).contains(ends);
  }
}
