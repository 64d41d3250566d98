package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.policy.PreviewUpkeep.WhenFull;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.Seen;
import dev.signalbox.workflows.preview.SurveyActivities.Survey;
import dev.signalbox.workflows.preview.SweepReport.Deed;
import dev.signalbox.workflows.preview.SweepReport.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is not as it should be, and what to do about it. Pure. */
final class SweepRules {
  private final PreviewSettings settings;
  private final Map<Integer, String> declined;
  private final Map<Integer, PullState> pulls = new TreeMap<>();
  private final Map<Integer, Found> environments = new TreeMap<>();
  private final Map<Integer, Seen> runs = new TreeMap<>();
  private final Survey survey;

  /** When those were let be made whose environment is ours and carries no mark. */
  private final Map<Integer, Instant> let = new TreeMap<>();

  /** Those that wait and may be made now. */
  private final Set<Integer> room = new TreeSet<>();

  /** Those that are to go, each with the one that it makes room for. */
  private final Map<Integer, Integer> victims = new TreeMap<>();

  /**
   * @param declined the commit at which somebody had a preview removed, by its number
   * @param slots who was let make an environment, and when
   */
  SweepRules(
      PreviewSettings settings, Survey survey, Map<Integer, String> declined, SlotBook slots) {
    this.settings = settings;
    this.survey = survey;
    this.declined = declined;
    survey.pulls().forEach(pull -> pulls.put(pull.number(), pull));
    survey.environments().stream()
        .filter(Found::ours)
        .forEach(found -> environments.putIfAbsent(found.number(), found));
    survey.environments().forEach(found -> takeUnmarked(found, slots));
    survey.runs().forEach(run -> runs.put(run.number(), run));
    makeRoom(settings.previews().upkeep());
  }

  /** Its maker died between two requests: only the time at which it was let tells whose it is. */
  private void takeUnmarked(Found found, SlotBook slots) {
    if (!found.ours() && found.bare() && !environments.containsKey(found.number())) {
      slots
          .let(found.number(), found.createdAt())
          .ifPresent(
              at -> {
                environments.put(found.number(), found);
                let.put(found.number(), at);
              });
    }
  }

  private void makeRoom(PreviewUpkeep upkeep) {
    Deque<Seen> idle = new ArrayDeque<>(idle());
    int free = upkeep.limit() == null ? Integer.MAX_VALUE : upkeep.limit() - environments.size();
    // Those that go already make room too: nobody else has to for the same one.
    int coming = free + (upkeep.limit() == null ? 0 : going());
    for (Seen waiting : runs.values()) {
      if (waiting.stage() != Stage.WAITING || !waiting.running()) {
        continue;
      }
      if (free > 0) {
        room.add(waiting.number());
        free--;
      } else if (upkeep.whenFull() == WhenFull.REMOVE_IDLE) {
        // More than one where the limit was lowered.
        for (; coming <= 0 && !idle.isEmpty(); coming++) {
          victims.put(idle.remove().number(), waiting.number());
        }
      }
      coming--;
    }
  }

  private int going() {
    return (int)
        runs.values().stream()
            .filter(run -> leaving(run) && environments.containsKey(run.number()))
            .count();
  }

  /** Those in which nothing goes on, the one in which nothing has for longest first. */
  private List<Seen> idle() {
    return runs.values().stream()
        .filter(run -> run.running() && environments.containsKey(run.number()))
        .filter(SweepRules::stands)
        .filter(run -> run.use().active() != null)
        .sorted(Comparator.comparing(run -> run.use().active()))
        .toList();
  }

  SweepReport report(Instant at) {
    return new SweepReport(
        at,
        true,
        null,
        (int) pulls.keySet().stream().filter(this::mayBe).count(),
        environments.size(),
        new TreeSet<>(runs.keySet())
            .stream().flatMap(number -> deed(runs.get(number), at).stream()).toList(),
        survey.environments().stream()
            .filter(found -> !found.ours() && !environments.containsValue(found))
            .map(Found::name)
            .sorted()
            .toList());
  }

  private Optional<Deed> deed(Seen run, Instant now) {
    Found there = environments.get(run.number());
    Optional<String> no = objection(run.number());
    if (no.isPresent()) {
      return there == null
              || leaving(run)
              || PreviewRules.keptByRailway(settings, pulls.get(run.number())).isPresent()
          ? Optional.empty()
          : Optional.of(deed(run, no.get() + ", and its environment is there", null));
    }
    if (!run.running()) {
      return Optional.of(
          deed(run, there == null ? "it has no preview" : "nothing keeps its environment", null));
    }
    if (lost(run)) {
      return Optional.of(deed(run, "its environment is gone", run.environmentId()));
    }
    if (unmarked(run)) {
      return Optional.of(deed(run, "its environment was made and never marked", null));
    }
    if (there != null && twice(run)) {
      return Optional.of(twiceTold(run));
    }
    if (run.stage() == Stage.WAITING && room.contains(run.number())) {
      return Optional.of(told(run, "there is room for it", true, null));
    }
    if (run.stage() == Stage.BLOCKED) {
      return Optional.of(told(run, "Railway's setting is looked at", true, null));
    }
    if (victims.containsKey(run.number())) {
      return Optional.of(removed(run, "it makes room for #" + victims.get(run.number())));
    }
    String head = pulls.get(run.number()).head();
    return head.equals(run.head())
        ? expiry(run, now)
        : Optional.of(deed(run, "it has another commit by now", null));
  }

  private Optional<Deed> expiry(Seen run, Instant now) {
    Found there = environments.get(run.number());
    // What Railway makes it would make again.
    boolean railways = PreviewRules.keptByRailway(settings, pulls.get(run.number())).isPresent();
    if (there == null || railways || !stands(run)) {
      return Optional.empty();
    }
    PreviewUpkeep upkeep = settings.previews().upkeep();
    Optional<Instant> end = upkeep.end(run.use().active(), there.createdAt());
    if (end.isEmpty()) {
      return Optional.empty();
    }
    if (!now.isBefore(end.get())) {
      return Optional.of(removed(run, "its time is up"));
    }
    Instant warned = run.use().warned();
    // Who was told of an end that has moved since is told of the new one.
    boolean soon = warned != null || !now.isBefore(upkeep.warning(end.get()));
    return !soon || end.get().equals(warned)
        ? Optional.empty()
        : Optional.of(told(run, "its time is up soon", false, end.get()));
  }

  /** News for a run, of no environment. */
  private static Deed told(Seen run, String why, boolean room, Instant end) {
    return new Deed(run.number(), Kind.TOLD, why, null, null, room, end, null, false);
  }

  private static Deed twiceTold(Seen run) {
    return new Deed(
        run.number(),
        Kind.TOLD,
        "Railway has made one for it too",
        null,
        null,
        false,
        null,
        null,
        true);
  }

  private Deed removed(Seen run, String why) {
    return new Deed(
        run.number(),
        Kind.REMOVED,
        why,
        run.environmentId(),
        null,
        false,
        null,
        let.get(run.number()),
        false);
  }

  private Deed deed(Seen run, String why, String lost) {
    Found there = environments.get(run.number());
    return new Deed(
        run.number(),
        run.running() ? Kind.TOLD : Kind.BEGUN,
        why,
        there == null ? null : there.id(),
        lost,
        unmarked(run),
        null,
        let.get(run.number()),
        false);
  }

  /** Whether it should be there: of a fork only what somebody consented to. */
  private boolean mayBe(int number) {
    return objection(number).isEmpty()
        && (environments.containsKey(number) || !PreviewRules.fork(settings, pulls.get(number)));
  }

  /** Why this pull request must have none; empty = it should. */
  private Optional<String> objection(int number) {
    PullState pull = pulls.get(number);
    if (pull == null) {
      return Optional.of("the pull request is not open");
    }
    Seen run = runs.get(number);
    boolean there = environments.containsKey(number);
    Optional<String> no = PreviewRules.objection(settings, pull, run != null && run.asked(), there);
    return no.isEmpty() && !there && pull.head().equals(declined.get(number))
        ? Optional.of("it was removed at this commit")
        : no;
  }

  /** Whether Railway has made one by itself beside ours. */
  private boolean twice(Seen run) {
    return !settings.previews().railways()
        && rests(run)
        && survey.environments().stream()
            .anyMatch(one -> one.railways() && one.number() == run.number());
  }

  private static boolean stands(Seen run) {
    return run.stage() != null && run.stage().stands();
  }

  private static boolean rests(Seen run) {
    return run.stage() != null && run.stage().rests();
  }

  /** Whether it is to know that its environment is gone; who makes one looks by himself. */
  private boolean lost(Seen run) {
    return (rests(run) || run.stage() == Stage.DEPLOYING)
        && run.environmentId() != null
        && survey.environments().stream().noneMatch(one -> one.id().equals(run.environmentId()));
  }

  /** Whether it rests, and does not know of an environment that was made for it. */
  private boolean unmarked(Seen run) {
    return let.containsKey(run.number()) && run.environmentId() == null && rests(run);
  }

  private static boolean leaving(Seen run) {
    return run.running() && run.stage() != null && run.stage().leaving();
  }

  /** The commits at which open pull requests had theirs removed, as it is known by now. */
  static Map<Integer, String> declined(Survey survey, Map<Integer, String> before) {
    Map<Integer, String> declined = new TreeMap<>();
    for (PullState pull : survey.pulls()) {
      Stream.concat(
              survey.runs().stream()
                  .filter(run -> run.number() == pull.number() && run.use().declined() != null)
                  .map(run -> run.use().declined()),
              Optional.ofNullable(before.get(pull.number())).stream())
          .filter(pull.head()::equals)
          .findFirst()
          .ifPresent(head -> declined.put(pull.number(), head));
    }
    return declined;
  }
}
