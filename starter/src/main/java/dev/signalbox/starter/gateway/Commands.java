package dev.signalbox.starter.gateway;

import dev.signalbox.starter.Sender;
import dev.signalbox.workers.Trouble;
import java.util.List;
import java.util.Optional;

/** Carries out what was said at a door, by the commands of the terminal themselves. */
public interface Commands {
  /** Stands for the reason of whoever gave none; whether one is wanted the rule says. */
  String NO_REASON = "-";

  /**
   * @param words a command that {@link ChatGrammar} let pass
   * @param json whether it answers as with {@code --output json}
   */
  Said run(Sender sender, List<String> words, boolean json);

  /**
   * What a command answered.
   *
   * @param code its exit code
   * @param decision what it left with the engine and nobody has judged yet; null = nothing
   */
  record Said(int code, String out, String err, LeftDecision decision) {
    private static final int WAITING = 4;

    /** Nothing but what was left with the engine by a command before. */
    static Said left(LeftDecision decision) {
      return new Said(WAITING, "", "", decision);
    }

    /** It was said wrongly. */
    boolean misused() {
      return code == Trouble.USAGE;
    }

    /** The engine, a worker or another system was not reached. */
    boolean notReached() {
      return code == Trouble.NOT_REACHED;
    }

    /** All of it, for people. */
    public String text() {
      return (out + err).strip();
    }
  }

  /** A decision that waits for its judge. */
  record LeftDecision(String workflowId, String decisionId) {}

  /**
   * The promotion of a commit that runs, where there is one: the one that asks before others.
   *
   * @param revision 40 hex
   */
  Optional<String> promotionOf(String revision);

  /**
   * What became of it; null = nobody has judged it yet.
   *
   * @throws RuntimeException when nobody could be asked
   */
  Verdict verdict(LeftDecision decision);

  /**
   * How a decision was judged.
   *
   * @param code the exit code that the command has of it where it waits for the verdict
   */
  record Verdict(int code, String sentence) {}
}
