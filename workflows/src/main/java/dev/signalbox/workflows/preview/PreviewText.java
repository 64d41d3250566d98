package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.deploy.PreviewDeploy;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.promotion.FailureText;
import dev.signalbox.workflows.release.ShortCommit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The one comment on a pull request about its preview. Pure. */
final class PreviewText {
  private PreviewText() {}

  /** How it stands, in one sentence. */
  static String standing(String environment, PreviewState state) {
    return environment
        + " is "
        + (state.stage() == Stage.READY ? "live and verified" : state.stage().word())
        + " at "
        + ShortCommit.of(state.revision(), "nothing");
  }

  /** As whoever asked for it hears it. */
  static String begun(String environment, String base, String revision) {
    return environment
        + " is made "
        + (base == null ? "by Railway" : "from " + base)
        + " at "
        + ShortCommit.of(revision);
  }

  static String making(String environment, String base, String revision) {
    return title(environment, "on its way")
        + "`"
        + ShortCommit.of(revision)
        + "` is brought into an environment of its own, made "
        + made(base)
        + ".\n";
  }

  static String blocked(String environment, int number, String why) {
    return title(environment, "blocked")
        + PostedText.words(why)
        + ".\n\n"
        + "It is looked at again by the next sweep, and at once by `signalbox preview create pr-"
        + number
        + "`.\n";
  }

  /**
   * @param who may consent
   * @param standing the commit that is there; null = nothing is
   * @param migrated whether its migrations are run
   */
  static String consent(
      String environment,
      PullState pull,
      String base,
      String who,
      ForkConsent standing,
      boolean migrated) {
    return title(environment, "waits for a member's consent")
        + "The commits of this pull request are in "
        + PostedText.words(ForkGate.whose(pull))
        + ", so nothing of `"
        + pull.head()
        + "` is built or run before one of these people consents to exactly that commit: "
        + PostedText.words(who)
        + ".\n\nWith the consent its build and its services can read every variable that `"
        + base
        + "` has and Railway does not keep sealed, passwords and keys among them, and send them"
        + " anywhere."
        + (migrated
            ? " Its migrations, and the seed command, run on Signalbox's own worker, as its user,"
                + " and its database has the role of the server's address where that may make no"
                + " other."
            : "")
        + " So read the whole change first, build files, dependencies and migrations too. Then:\n\n"
        + "    /signalbox preview --commit "
        + pull.head()
        + "\n\nin a comment, or `signalbox preview create pr-"
        + pull.number()
        + " --commit "
        + pull.head()
        + "`. The next push wants a consent of its own.\n"
        + (standing.commit() == null
            ? ""
            : "\nThe environment keeps `"
                + ShortCommit.of(standing.commit())
                + "`, to which "
                + PostedText.words(standing.person())
                + " consented.\n");
  }

  static String waiting(String environment, int number, String why) {
    return title(environment, "waits for room")
        + PostedText.words(why)
        + ".\n\n"
        + "It is made as soon as one of them goes; `signalbox preview destroy pr-N` removes one."
        + " Its own wish is withdrawn by `signalbox preview destroy pr-"
        + number
        + "`.\n";
  }

  /** What stands above everything else before one goes by itself. */
  static String ending(Instant end) {
    return "> **It goes on "
        + DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
            .format(end.atOffset(ZoneOffset.UTC))
        + "**, where nothing happens before that: a push, or `signalbox preview create`, keeps it"
        + " where it has been idle; what has its age up comes again with the next push.\n\n";
  }

  static String ready(
      String environment, int number, String base, String revision, Map<String, String> urls) {
    StringBuilder text = new StringBuilder(title(environment, "live and verified"));
    return text.append(addresses(urls))
        .append("\nCommit `")
        .append(ShortCommit.of(revision))
        .append("`, environment `")
        .append(environment)
        .append("`, made ")
        .append(made(base))
        .append(". It goes with the pull request")
        .append(base == null ? ".\n" : ", or by `signalbox preview destroy pr-" + number + "`.\n")
        .toString();
  }

  /** Where the services answer, or would; nothing where none has an address. */
  static String addresses(Map<String, String> urls) {
    return urls.isEmpty()
        ? ""
        : urls.entrySet().stream()
            .map(one -> "| " + one.getKey() + " | " + one.getValue() + " |\n")
            .collect(Collectors.joining("", "\n| service | address |\n|---|---|\n", ""));
  }

  /** Who let the commit of a fork in. */
  static String consented(ForkConsent consent) {
    return consent.commit() == null
        ? ""
        : "\nThe commit is a fork's; " + PostedText.words(consent.person()) + " consented to it.\n";
  }

  /**
   * @param variables sealed ones of the base
   */
  static String missing(List<String> variables) {
    return variables.isEmpty()
        ? ""
        : "\nNot copied, because Railway keeps them sealed: "
            + variables.stream()
                .map(name -> "`" + PostedText.line(name) + "`")
                .collect(Collectors.joining(", "))
            + ".\n";
  }

  static String failed(String environment, int number, String revision, PreviewDeploy.End end) {
    StringBuilder text = new StringBuilder(title(environment, "failed"));
    text.append('`')
        .append(ShortCommit.of(revision))
        .append("`: ")
        .append(PostedText.words(end.detail()))
        .append("\n\n");
    end.evidence().forEach(line -> text.append("- ").append(PostedText.words(line)).append('\n'));
    end.failures().forEach(failure -> text.append(FailureText.of(failure)));
    return text.append("\nPush a commit that mends it; `signalbox preview create pr-")
        .append(number)
        .append("` tries this one again.\n")
        .toString();
  }

  /**
   * @param railways whether Railway has made it all the same
   */
  static String refused(String environment, List<String> obstacles, boolean railways) {
    StringBuilder text = new StringBuilder(title(environment, railways ? "not safe" : "not made"));
    obstacles.forEach(one -> text.append("- ").append(PostedText.words(one)).append('\n'));
    return text.append(
            railways
                ? "\nRailway has made it all the same, and deploys to it: close the pull request"
                    + " until this is mended in what it is made from. Then push, or ask again.\n"
                : "\nNothing was made. When it is mended, push, or ask again.\n")
        .toString();
  }

  static String asked(String environment, String id, Ask ask) {
    return title(environment, "a question")
        + PostedText.words(ask.text())
        + "\n\nRead: "
        + PostedText.words(ask.read())
        + "\n\nAnswer with `signalbox resolve "
        + id
        + " --as "
        + String.join("|", ask.answers())
        + " --reason …`, or push another commit.\n";
  }

  static String stuck(String environment, String why) {
    return title(environment, "cannot be removed")
        + PostedText.words(why)
        + "\n\nIt is tried again by itself. If the environment stays, remove it by hand in Railway"
        + " (Settings → Environments); if it is gone already, its database is what is left. Once"
        + " nothing is left this ends by itself too.\n";
  }

  static String withdrawn(String environment, String why) {
    return title(environment, "not made") + PostedText.words(why) + ".\n";
  }

  static String left(String environment, String why) {
    return title(environment, "not removed") + PostedText.words(why) + ".\n";
  }

  static String gone(String environment, String why) {
    return title(environment, "removed") + PostedText.words(why) + ". Railway lists it no more.\n";
  }

  /**
   * @param base null = by Railway itself
   */
  private static String made(String base) {
    return base == null ? "by Railway" : "from `" + base + "`";
  }

  private static String title(String environment, String state) {
    return "### Preview `" + environment + "`: " + state + "\n\n";
  }
}
