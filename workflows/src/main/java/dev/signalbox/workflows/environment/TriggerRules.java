package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.github.TriggerLook;
import dev.signalbox.workflows.github.TriggerLook.Pull;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.Auto.On;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.Optional;

/** Whether what a trigger points at is what {@code auto} means. */
record TriggerRules(Auto auto, Pipeline pipeline) {

  /** Whether it is about nothing that {@code auto} waits for, so that nothing is to be said. */
  boolean silent(On cause, TriggerLook look) {
    return cause == On.LABEL
        && (!look.pull().labelled(auto.label()) || (release(look.pull()) && !look.pull().open()));
  }

  /**
   * Why nothing is started.
   *
   * @param base the commit that is live; null = not known
   */
  Optional<String> obstacle(On cause, TriggerLook look, String base) {
    return (cause == On.LABEL ? wrongPull(look.pull()) : Optional.<String>empty())
        .or(() -> wrongHead(cause, look))
        .or(
            () ->
                look.touched()
                    ? Optional.empty()
                    : Optional.of(
                        "no file of `paths` differs from "
                            + ShortCommit.of(base)
                            + ", which is live"));
  }

  private Optional<String> wrongPull(Pull pull) {
    String source = pipeline.sourceBranch();
    if (pull.merged() ? pull.base().equals(source) : pull.open() && release(pull)) {
      return Optional.empty();
    }
    return Optional.of(
        (pull.merged()
                ? "it was merged into "
                : pull.open() ? "it is open, into " : "it was closed, into ")
            + pull.base()
            + "; one counts that was merged into "
            + source
            + (pipeline.source() == null
                ? ""
                : ", or is open from " + source + " into " + pipeline.environment().branch()));
  }

  /** A pull request that stands for the promotion itself. */
  private boolean release(Pull pull) {
    return pipeline.source() != null
        && pull.ours()
        && pull.head().equals(pipeline.sourceBranch())
        && pull.base().equals(pipeline.environment().branch());
  }

  private Optional<String> wrongHead(On cause, TriggerLook look) {
    if (auto.head().isEmpty() || (cause != On.PUSH && cause != On.LABEL)) {
      return Optional.empty();
    }
    if (cause == On.LABEL) {
      return auto.fitsHead(look.pull().head())
          ? Optional.empty()
          : Optional.of("its branch " + look.pull().head() + " does not fit `head`");
    }
    return look.heads().stream().anyMatch(auto::fitsHead)
        ? Optional.empty()
        : Optional.of(
            look.heads().isEmpty()
                ? "it came by no pull request, and `head` asks for one"
                : "it came from "
                    + String.join(", ", look.heads())
                    + ", which does not fit `head`");
  }
}
