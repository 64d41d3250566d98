package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Reason;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads why somebody does something: as it stays on record whole, it has an end. */
final class ReasonWords implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    String words = new Words().convert(text);
    Reason.tooLong(words)
        .ifPresent(
            why -> {
              throw new TypeConversionException(why);
            });
    return words;
  }
}
