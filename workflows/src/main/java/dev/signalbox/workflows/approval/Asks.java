package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.approval.Places.Voice;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Moments;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The open asks of one run and every decision on them. One method takes a decision, whatever door
 * it came by, and the same decision id twice has one outcome.
 */
public final class Asks {
  public static final String APPROVE = "approve";
  public static final String REJECT = "reject";

  /** Takes a yes back, until the gate opens. */
  public static final String WITHDRAW = "withdraw";

  /** What is said to a point of a checklist. */
  public static final String TICK = "tick";

  /** What may be said to an approval; each is a signal of that name too. */
  public static final Set<String> VOTES = Set.of(APPROVE, REJECT, WITHDRAW);

  private final Map<String, Ask> open = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<String, DecisionReply> replies = new LinkedHashMap<>();
  private final Supplier<Instant> clock;
  private final Predicate<Answer> verified;
  private final Sight sight;
  private int approvals;
  private Electorate people = Electorate.nobody();
  private Consumer<Decision> listener = decision -> {};

  /**
   * @param proofs who can prove that he sent an answer
   */
  public Asks(Proofs proofs) {
    this(() -> Instant.ofEpochMilli(Workflow.currentTimeMillis()), proofs::verified);
  }

  /** The rules alone, at any clock: workflow time exists in a workflow only. */
  Asks(Supplier<Instant> clock, Predicate<Answer> verified) {
    this.clock = clock;
    this.verified = verified;
    this.sight = new Sight(clock);
  }

  /** The rules by which answers are judged from now on. */
  public void judgeBy(Pipeline rules, String requestedBy) {
    this.people = new Electorate(rules, requestedBy);
  }

  /** Who is told of every decision as soon as it is taken, whether it counts or not. */
  public void tell(Consumer<Decision> whoever) {
    this.listener = whoever;
  }

  /**
   * Opens it; answers count from now on.
   *
   * @return the same, with who may not say yes for his part in it, and who may in another's place
   */
  public Ask open(Ask ask) {
    Ask asked = ask.kind() == Ask.Kind.APPROVAL ? people.completed(ask, clock.get()) : ask;
    open.put(asked.id(), asked);
    return asked;
  }

  /** An id for an approval that no other of this run has: what was said to one is of that one. */
  String nextApproval() {
    return "approval-" + ++approvals;
  }

  /** Told by whoever posts what is asked. */
  public Sight sight() {
    return sight;
  }

  public void close(String id) {
    open.remove(id);
  }

  /** The validator of every update {@code decide}. Who had no right to it stays on record. */
  public void validate(DecideMessage message) {
    // What a proof is worth is found out when the answer is taken: here it counts as one.
    Answer answer = Answer.of(message);
    refusal(answer, answer.proof() != null)
        .filter(no -> !people.denies(find(answer), answer, clock.get()))
        .ifPresent(
            no -> {
              throw new IllegalArgumentException(no);
            });
  }

  /** The answer with the ask that it means, where it names neither that nor a decision. */
  public Answer meant(Answer answer) {
    Ask ask = find(answer);
    return ask == null ? answer : answer.meaning(ask);
  }

  /** Records the answer and says whether it counts. */
  public DecisionReply take(Answer sent) {
    boolean proved = verified.test(sent);
    Answer answer = meant(sent);
    Optional<DecisionReply> known = known(answer);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<String> refusal = refusal(answer, proved);
    Decision decision = decision(answer, proved, refusal.orElse(null));
    if (decisions.stream().noneMatch(decision::repeats)) {
      decisions.add(decision);
      listener.accept(decision);
    }
    DecisionReply reply =
        refusal
            .map(no -> new DecisionReply(false, no))
            .orElseGet(
                () ->
                    new DecisionReply(
                        true,
                        answer.verdict()
                            + " by "
                            + answer.person()
                            + " counts"
                            + stillWanted(decision)));
    replies.put(answer.decisionId(), reply);
    // Sent again when nothing is asked any more, it is still the one that was taken.
    replies.put(sent.decisionId(), reply);
    return reply;
  }

  /** What was asked about is so no more: whatever was said to it counts no longer. */
  void voided(Ask approval, String change) {
    decisions.replaceAll(decision -> decision.voided(approval, change));
  }

  private String stillWanted(Decision decision) {
    Ask ask = open.get(decision.ask());
    if (ask == null || ask.kind() != Ask.Kind.APPROVAL || decided(ask)) {
      return "";
    }
    List<String> wanted = new ArrayList<>();
    missing(ask).forEach(need -> wanted.add(need.words()));
    unticked(ask).forEach(point -> wanted.add("a tick at " + clip(point.text())));
    return "; still wanted: " + String.join(" and ", wanted);
  }

  // Words without an id of their own that did not count are judged again: what was too early, or
  // wrong for another ask, may be right now.
  private Optional<DecisionReply> known(Answer answer) {
    return Optional.ofNullable(replies.get(answer.decisionId()))
        .filter(reply -> reply.counted() || !answer.hashed());
  }

  private Decision decision(Answer answer, boolean proved, String remark) {
    Ask ask = find(answer);
    Decision decision =
        new Decision(
            answer.decisionId(),
            ask == null ? answer.ask() : ask.id(),
            answer.digest(),
            answer.verdict(),
            answer.person(),
            answer.door(),
            Reason.clip(answer.reason()),
            clock.get(),
            proved,
            remark == null,
            remark,
            ask == null || remark != null || !APPROVE.equals(answer.verdict())
                ? List.of()
                : people.inPlaceOf(ask, people.nameOf(answer.person()), clock.get()));
    return ask == null ? decision : decision.of(ask);
  }

  /**
   * Why this answer would not count, in under 120 characters; empty when it would, or was taken
   * already. Without a proof.
   */
  public Optional<String> refusal(Answer answer) {
    return refusal(meant(answer), false);
  }

  private Optional<String> refusal(Answer answer, boolean proved) {
    if (known(answer).isPresent()) {
      return Optional.empty();
    }
    if (blank(answer.verdict())) {
      return Optional.of("say what you decide: \"verdict\" is missing");
    }
    if (blank(answer.person())) {
      return Optional.of("say who decides: \"person\" is missing");
    }
    Ask ask = find(answer);
    if (ask == null) {
      return Optional.of(
          open.isEmpty()
              ? "nothing is asked now"
              : "not what is asked; open: " + Excerpt.begin(String.join(", ", open.keySet()), 80));
    }
    if (!ask.knows(answer.verdict())) {
      if (answer.verdict().equals(TICK) && ask.kind() == Ask.Kind.APPROVAL) {
        return Optional.of("there is no point to tick here");
      }
      return Optional.of(
          "possible answers: " + Excerpt.begin(String.join(", ", ask.answers()), 80));
    }
    if (!proved && !people.trusts(answer.door())) {
      return Optional.of(Proofs.wanted(clip(answer.door()), answer.proof()));
    }
    return sight
        .tooEarly(ask, answer)
        .or(() -> ask.wrongDigest(answer))
        .or(() -> wrongPerson(ask, answer))
        .or(() -> wrongReason(ask, answer))
        .or(() -> tooLate(ask));
  }

  private static Optional<String> wrongReason(Ask ask, Answer answer) {
    return ask.wantsReason() && blank(answer.reason())
        ? Optional.of(
            "say why, as --reason \"WHY\" (in a message \"reason\"): it is missing and wanted here")
        : Reason.tooLong(answer.reason());
  }

  // Two signals may come before the run looks: the first decides, whatever the second says.
  private Optional<String> tooLate(Ask ask) {
    if (decided(ask)) {
      return Optional.of("decided already: " + clip(decision(ask)));
    }
    return ask.expires() == null || clock.get().isBefore(ask.expires())
        ? Optional.empty()
        : Optional.of("expired at " + Moments.text(ask.expires()) + ", and expired is rejected");
  }

  private String decision(Ask ask) {
    if (ask.kind() != Ask.Kind.APPROVAL) {
      return answer(ask.id()).map(Decision::verdict).orElseThrow();
    }
    return rejection(ask.id())
        .map(no -> "no by " + no.person())
        .orElseGet(() -> "yes by " + String.join(", ", approvers(ask.id())));
  }

  private Optional<String> wrongPerson(Ask ask, Answer answer) {
    if (answer.verdict().equals(WITHDRAW)) {
      return approvers(ask.id()).contains(people.nameOf(answer.person()))
          ? Optional.empty()
          : Optional.of(
              Electorate.quoted(answer.person()) + " has said no yes that could be taken back");
    }
    Optional<String> refused = people.refusal(ask, answer, clock.get());
    return refused.isPresent() || ask.kind() != Ask.Kind.APPROVAL || !yes(answer)
        ? refused
        : refusalOfYes(ask, answer);
  }

  private Optional<String> refusalOfYes(Ask ask, Answer answer) {
    return people
        .refusalOfYes(ask, answer, clock.get())
        .or(
            () ->
                approvers(ask.id()).contains(people.nameOf(answer.person()))
                    ? Optional.of(Electorate.quoted(answer.person()) + " has said yes already")
                    : Optional.empty());
  }

  private static boolean yes(Answer answer) {
    return answer.verdict().equals(APPROVE);
  }

  /** People whose yes counts for this ask, in the order in which they said it. */
  public List<String> approvers(String ask) {
    return List.copyOf(standing(ask).keySet());
  }

  /** Each person's yes that was not taken back. */
  private Map<String, Decision> standing(String ask) {
    Map<String, Decision> standing = new LinkedHashMap<>();
    for (Decision decision : counted(ask)) {
      if (decision.verdict().equals(APPROVE)) {
        standing.put(people.nameOf(decision.person()), decision);
      } else if (decision.verdict().equals(WITHDRAW)) {
        standing.remove(people.nameOf(decision.person()));
      }
    }
    return standing;
  }

  /** The no that ended this ask; one is enough. */
  public Optional<Decision> rejection(String ask) {
    return counted(ask).stream().filter(decision -> decision.verdict().equals(REJECT)).findFirst();
  }

  /** The counted answer to a question. */
  public Optional<Decision> answer(String ask) {
    return counted(ask).stream().findFirst();
  }

  /** Whether an approval is rejected or enough people said yes, or a question is answered. */
  public boolean decided(Ask ask) {
    return ask.kind() != Ask.Kind.APPROVAL
        ? answer(ask.id()).isPresent()
        : rejection(ask.id()).isPresent()
            || (missing(ask).isEmpty()
                && ask.points().stream().allMatch(point -> answer(point).isPresent()));
  }

  /** The points of an approval's checklist that nobody has ticked yet. */
  public List<Ask> unticked(Ask ask) {
    return ask.points().stream()
        .filter(point -> answer(point).isEmpty() && open.containsKey(point))
        .map(open::get)
        .toList();
  }

  /** The places of an approval that nobody has filled yet; empty = enough people said yes. */
  public List<Need> missing(Ask ask) {
    Map<String, Decision> standing = standing(ask.id());
    List<String> approvers = List.copyOf(standing.keySet());
    if (!ask.needs().isEmpty()) {
      List<Voice> voices = new ArrayList<>();
      standing.forEach((name, yes) -> voices.add(Electorate.voice(name, yes, approvers)));
      return Places.unfilled(ask.needs(), voices);
    }
    int more = ask.required() - approvers.size();
    return more <= 0 ? List.of() : List.of(new Need(more, List.of(), ask.from()));
  }

  public List<Ask> open() {
    return List.copyOf(open.values());
  }

  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** The ask that an answer without an id means: the only open one that knows the answer. */
  public Ask find(Answer answer) {
    if (!blank(answer.ask())) {
      return open.get(answer.ask());
    }
    List<Ask> possible =
        blank(answer.verdict())
            ? List.of()
            : open.values().stream().filter(ask -> ask.knows(answer.verdict())).toList();
    if (possible.isEmpty() && open.size() == 1) {
      return open.values().iterator().next();
    }
    return possible.size() == 1 ? possible.get(0) : null;
  }

  private List<Decision> counted(String ask) {
    return decisions.stream()
        .filter(decision -> decision.counted() && Objects.equals(decision.ask(), ask))
        .toList();
  }

  private static String clip(String text) {
    return Excerpt.begin(text, 40);
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
