package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.approval.Need;
import dev.signalbox.workflows.approval.Places;
import dev.signalbox.workflows.approval.Places.Voice;
import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Approvals.Escalation;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Approvals.When;
import dev.signalbox.workflows.policy.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code approvals} of an environment says.
 *
 * @param escalations where each of {@link Approvals#escalate} was read, in its order
 * @param quorums where each of {@link Approvals#quorums} was read, in its order
 */
record ApprovalsTable(
    Approvals policy, Section section, List<Section> quorums, List<Section> escalations) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final String GROUPS = "names of groups of [people]";
  private static final Map<String, When> WHEN = new LinkedHashMap<>();

  static {
    WHEN.put("contract", When.CONTRACT);
    WHEN.put("migration", When.MIGRATION);
  }

  static ApprovalsTable read(Section section) {
    List<Section> places = new ArrayList<>(List.of(section));
    List<Section> steps = new ArrayList<>();
    Approvals policy =
        new Approvals(
            required(section, "where nobody must approve leave approvals out"),
            from(section),
            section.yesOrNo("self").orElse(false),
            section.duration("expires", SHORTEST).orElse(null),
            section.entries(
                "also",
                "tables with required, from and when",
                (text, refuse) -> {
                  refuse.run();
                  return Optional.empty();
                },
                below -> {
                  places.add(below);
                  return Optional.of(quorum(below));
                }),
            section.yesOrNo("reason").filter(wanted -> wanted).orElse(null),
            remind(section),
            escalations(section, steps),
            section.names(
                "checklist",
                point ->
                    !point.isBlank()
                        && point.length() <= 200
                        && !point.matches("(?s).*\\p{Cntrl}.*"),
                "texts of one line, at most 200 letters long"));
    section.close(Map.of());
    return new ApprovalsTable(policy, section, places, steps);
  }

  private static Quorum quorum(Section section) {
    Quorum quorum =
        new Quorum(
            required(section, "where nobody else must approve leave it out"),
            from(section),
            section.word("when", WHEN, Map.of()).orElse(null));
    section.close(Map.of());
    return quorum;
  }

  private static Duration remind(Section section) {
    return section
        .duration("remind", SHORTEST)
        .filter(
            every ->
                every.compareTo(DAY) >= 0
                    || section.refused(
                        "remind", DurationText.of(every), "\"1d\" or longer: at most one a day"))
        .orElse(null);
  }

  private static List<Escalation> escalations(Section section, List<Section> places) {
    List<Escalation> steps =
        section.entries(
            "escalate",
            "tables with after and to",
            (text, refuse) -> {
              refuse.run();
              return Optional.empty();
            },
            below -> {
              places.add(below);
              return Optional.of(escalation(below));
            });
    for (int at = 1; at < steps.size(); at++) {
      if (places.get(at).has("after")
          && steps.get(at).after().compareTo(steps.get(at - 1).after()) < 0) {
        places
            .get(at)
            .refused(
                "after",
                DurationText.of(steps.get(at).after()) + ", before the step that stands before it",
                "steps in the order in which they come");
      }
    }
    return steps;
  }

  private static Escalation escalation(Section section) {
    Optional<Duration> after = section.duration("after", SHORTEST);
    if (!section.has("after")) {
      section.add("after", Problem.MISSING, "allowed: " + Durations.ALLOWED);
    }
    if (!section.has("to")) {
      section.add("to", Problem.MISSING, "allowed: " + GROUPS);
    }
    Escalation escalation =
        new Escalation(
            after.orElse(SHORTEST), section.texts("to", group -> !group.isBlank(), GROUPS));
    section.close(Map.of());
    return escalation;
  }

  private static int required(Section section, String otherwise) {
    return section
        .number("required", 1, Integer.MAX_VALUE, "a whole number from 1 on; " + otherwise)
        .orElse(1);
  }

  private static List<String> from(Section section) {
    return section.texts("from", group -> !group.isBlank(), GROUPS);
  }

  /** Whether the people that there are can say what is wanted of them. */
  void check(List<Person> people) {
    Set<String> groups = new LinkedHashSet<>(people.stream().map(Person::group).toList());
    boolean each = true;
    for (int at = 0; at < quorums.size(); at++) {
      each &= check(quorums.get(at), policy.quorums().get(at), people, groups);
    }
    if (each) {
      checkTogether(people);
    }
    for (int at = 0; at < escalations.size(); at++) {
      for (String group : policy.escalate().get(at).to()) {
        CrossChecks.requireName(escalations.get(at), "to", group, groups, "group of [people]");
      }
    }
  }

  private static boolean check(
      Section where, Quorum quorum, List<Person> people, Set<String> groups) {
    for (String group : quorum.from()) {
      CrossChecks.requireName(where, "from", group, groups, "group of [people]");
    }
    int voters = Need.of(quorum, people).from().size();
    if (!where.has("from")) {
      where.refusedHere("names nobody who may approve", "allowed: from = [\"<group>\"]");
      return false;
    }
    if (quorum.from().isEmpty() && Long.valueOf(0).equals(where.value("required"))) {
      // Said already, of the number: both together are one wish, that nobody must approve.
      return false;
    }
    boolean known = groups.containsAll(quorum.from());
    if (known && voters < quorum.required()) {
      where.refused(
          where.has("required") ? "required" : "from",
          quorum.required() + " approvals from groups of " + voters,
          "at most as many as the groups have people");
      return false;
    }
    return known;
  }

  // Each group has enough people, and all of them together may be too few.
  private void checkTogether(List<Person> people) {
    List<Need> needs = policy.quorums().stream().map(quorum -> Need.of(quorum, people)).toList();
    List<Voice> everybody = people.stream().map(Person::name).distinct().map(Voice::of).toList();
    if (!Places.unfilled(needs, everybody).isEmpty()) {
      section.refused(
          "also",
          Need.words(needs) + ", for which there are too few people",
          "what the groups can fill when everybody counts once");
    }
  }
}
