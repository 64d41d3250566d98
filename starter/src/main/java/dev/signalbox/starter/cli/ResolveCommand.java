package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Answers a question that a run asks because it cannot read the outcome of a call. */
@Command(
    name = "resolve",
    description = "Answer a question: what became of a step whose outcome could not be read.")
final class ResolveCommand extends AnswerCommand {
  /** The answers there are; a question accepts some of them. */
  enum Answer {
    DONE("done"),
    NOT_DONE("not-done"),
    ABANDON("abandon"),
    RETRY("retry"),
    ACCEPT("accept"),
    ROLLBACK("rollback");

    private final String word;

    Answer(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** Names what may be said as it is said; picocli alone would name the constants. */
  static final class Converter implements ITypeConverter<Answer> {
    @Override
    public Answer convert(String text) {
      return Stream.of(Answer.values())
          .filter(answer -> answer.word.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is none of: "
                          + Stream.of(Answer.values())
                              .map(Answer::toString)
                              .collect(Collectors.joining(", "))));
    }
  }

  @Option(
      names = "--question",
      paramLabel = "QUESTION",
      description = "Which question, when several are open.")
  String question;

  @Option(
      // Elsewhere --as is the person; here it stays for who has it in a script.
      names = {"--answer", "--as"},
      required = true,
      paramLabel = "ANSWER",
      converter = Converter.class,
      description = "The answer: ${COMPLETION-CANDIDATES}.")
  Answer answer;

  ResolveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Ask.Kind kind() {
    return Ask.Kind.QUESTION;
  }

  @Override
  String command() {
    return "resolve %s --as " + answer;
  }

  @Override
  DecideMessage message(SignalboxClient client, String workflowId, String decisionId) {
    return new DecideMessage(
        answer.toString(),
        null,
        Person.named(null, surroundings),
        reason(),
        null,
        question,
        surroundings.door(),
        decisionId,
        null);
  }
}
