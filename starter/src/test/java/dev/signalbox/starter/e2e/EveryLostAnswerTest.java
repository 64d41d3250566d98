package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.Fault;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** Every fault strikes every mutation that it can. */
@Tag("crash")
final class EveryLostAnswerTest extends LostAnswers {
  @Override
  List<Round> rounds() {
    return Stream.concat(AFTER.stream(), BEFORE.stream()).map(EveryLostAnswerTest::of).toList();
  }

  private static Round of(Fault fault) {
    return new Round(
        fault.name(),
        Stream.of(Mutation.values())
            .filter(mutation -> strikes(fault, mutation))
            .collect(Collectors.toMap(Function.identity(), mutation -> fault)));
  }
}
