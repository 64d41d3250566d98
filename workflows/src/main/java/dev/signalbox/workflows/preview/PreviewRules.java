package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewChoice;
import dev.signalbox.workflows.policy.PreviewSettings;
import java.util.Optional;

/** Which pull requests have a preview. Pure. */
final class PreviewRules {
  private PreviewRules() {}

  /**
   * Why this one has none; empty = it has.
   *
   * @param asked whether a person asked for it
   * @param there whether it is there already
   */
  static Optional<String> objection(
      PreviewSettings settings, PullState pull, boolean asked, boolean there) {
    if (!pull.open()) {
      return Optional.of("the pull request is " + (pull.merged() ? "merged" : "closed"));
    }
    if (!settings.previews().branches().contains(pull.base())) {
      return Optional.of(
          "the pull request goes into "
              + pull.base()
              + ", and [previews] branches has "
              + String.join(", ", settings.previews().branches()));
    }
    if (fork(settings, pull) && settings.previews().railways()) {
      return Optional.of(
          "its commits are in a fork, and what Railway makes of those is Railway's own affair");
    }
    PreviewChoice choice = settings.previews().choice();
    if (asked) {
      return Optional.empty();
    }
    if (choice.label() != null) {
      return unlabelled(choice.label(), pull);
    }
    return there ? Optional.empty() : unasked(choice, pull);
  }

  /** Whether its commits come from outside of the repository; from nowhere, where that is gone. */
  static boolean fork(PreviewSettings settings, PullState pull) {
    return !settings.base().project().github().equalsIgnoreCase(pull.headRepository());
  }

  /** Why it is not ours to remove; empty = it is. What Railway has made it would make again. */
  static Optional<String> keptByRailway(PreviewSettings settings, PullState pull) {
    boolean railways =
        settings != null && settings.previews() != null && settings.previews().railways();
    return railways && pull != null && pull.open()
        ? Optional.of(
            "Railway makes and removes the environment of #"
                + pull.number()
                + " by itself, as [previews] provider says: close the pull request")
        : Optional.empty();
  }

  /** Whoever sets a label asks by it, and whoever takes it away wants it gone. */
  private static Optional<String> unlabelled(String label, PullState pull) {
    return pull.labelled(label)
        ? Optional.empty()
        : Optional.of(
            "it does not have the label "
                + label
                + ", as [previews] label wants it, and nobody"
                + " asked for a preview");
  }

  /** What begins only when somebody asks for it. */
  private static Optional<String> unasked(PreviewChoice choice, PullState pull) {
    if (pull.draft() && !choice.drafts()) {
      return Optional.of("it is a draft, and nobody asked for a preview");
    }
    if (!choice.fits(pull.branch())) {
      return Optional.of(
          "its branch is "
              + pull.branch()
              + ", [previews] heads has "
              + String.join(", ", choice.heads())
              + ", and nobody asked for a preview");
    }
    return pull.author() != null && pull.author().endsWith("[bot]") && !choice.bots()
        ? Optional.of("a bot opened it, and nobody asked for a preview")
        : Optional.empty();
  }
}
