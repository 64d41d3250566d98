package dev.signalbox.starter.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what stays on record: an empty reason or name would be none. */
final class Words implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("it is empty; write some words");
    }
    return text.strip();
  }
}
