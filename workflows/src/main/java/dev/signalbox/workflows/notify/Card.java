package dev.signalbox.workflows.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What people read before they say yes, where they are: parts instead of a text, because each place
 * writes in its own way. Every text is plain: the place sees to it that it means nothing else
 * there.
 *
 * @param run workflow id of the run that asks
 * @param ask which of its asks
 * @param digest what the answer is bound to, 64 hex; null = nothing, as of a question
 * @param title the first line
 * @param link where the whole story is; null = nowhere
 * @param parts in order
 * @param state how it stands: who has said yes and what is still wanted, or how it was decided
 * @param open whether an answer is still wanted
 * @param reason whether a yes must say why
 * @param answers of a question, each said with a reason; empty = it is an approval
 */
public record Card(
    String run,
    String ask,
    String digest,
    String title,
    String link,
    List<Part> parts,
    String state,
    boolean open,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> answers) {
  public Card {
    parts = parts == null ? List.of() : List.copyOf(parts);
    answers = answers == null ? List.of() : List.copyOf(answers);
  }

  /** Of an approval. */
  public Card(
      String run,
      String ask,
      String digest,
      String title,
      String link,
      List<Part> parts,
      String state,
      boolean open,
      boolean reason) {
    this(run, ask, digest, title, link, parts, state, open, reason, null);
  }

  /**
   * Lines that belong together.
   *
   * @param heading null = none
   */
  public record Part(String heading, List<Line> lines) {
    public Part {
      lines = lines == null ? List.of() : List.copyOf(lines);
    }
  }

  /**
   * One line.
   *
   * @param label stands before the text: a commit, a gate; null = nothing does
   * @param link what the label leads to; null = nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(String label, String link, String text) {
    /** One without a label. */
    public static Line of(String text) {
      return new Line(null, null, text);
    }

    /** One whose label leads nowhere. */
    public static Line of(String label, String text) {
      return new Line(label, null, text);
    }
  }
}
