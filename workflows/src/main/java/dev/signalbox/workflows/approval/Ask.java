package dev.signalbox.workflows.approval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * Something that only a person can answer.
 *
 * @param id unique in the run that asks: {@code approval-1}, {@code deploy-backend-1}
 * @param step the step that waits for the answer
 * @param text what is asked
 * @param read what was tried, what was read back and when; null for an approval
 * @param answers what may be answered: approve and reject, or the answers of a question
 * @param from names of the people who may answer; empty = anybody whose door is trusted
 * @param digest what the answer is bound to; null = nothing
 * @param expires null = never
 */
public record Ask(
    String id,
    Kind kind,
    String step,
    String text,
    String read,
    List<String> answers,
    List<String> from,
    int required,
    String digest,
    Instant askedAt,
    Instant expires) {

  public Ask {
    answers = answers == null ? List.of() : List.copyOf(answers);
    from = from == null ? List.of() : List.copyOf(from);
  }

  /** What sort of answer is wanted. */
  public enum Kind {
    @JsonProperty("approval")
    APPROVAL,
    @JsonProperty("question")
    QUESTION
  }
}
