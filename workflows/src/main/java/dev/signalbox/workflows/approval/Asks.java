package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.approval.Places.Voice;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The open asks of one run and every decision on them. One method takes a decision, whatever door
 * it came by, and the same decision id twice has one outcome.
 */
public final class Asks {
  public static final String APPROVE = "approve";
  public static final String REJECT = "reject";

  private static final int SHORTEST_DIGEST = 12;

  private final Map<String, Ask> open = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<String, DecisionReply> replies = new LinkedHashMap<>();
  private final Supplier<Instant> clock;
  private final Predicate<Answer> verified;
  private Pipeline pipeline;
  private String requester;

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
  }

  /** The rules by which answers are judged from now on. */
  public void judgeBy(Pipeline rules, String requestedBy) {
    this.pipeline = rules;
    this.requester = requestedBy;
  }

  public void open(Ask ask) {
    open.put(ask.id(), ask);
  }

  public void close(String id) {
    open.remove(id);
  }

  /** The validator of every update {@code decide}: a person hears "no" at once. */
  public void validate(DecideMessage message) {
    // What a proof is worth is found out when the answer is taken: here it counts as one.
    Answer answer = Answer.of(message);
    refusal(answer, answer.proof() != null)
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

  private String stillWanted(Decision decision) {
    Ask ask = open.get(decision.ask());
    return ask == null || ask.kind() == Ask.Kind.QUESTION || decided(ask)
        ? ""
        : "; still wanted: " + Need.words(missing(ask));
  }

  // Words without an id of their own that did not count are judged again: what was too early, or
  // wrong for another ask, may be right now.
  private Optional<DecisionReply> known(Answer answer) {
    return Optional.ofNullable(replies.get(answer.decisionId()))
        .filter(reply -> reply.counted() || !answer.hashed());
  }

  private Decision decision(Answer answer, boolean proved, String remark) {
    Ask ask = find(answer);
    return new Decision(
        answer.decisionId(),
        ask == null ? answer.ask() : ask.id(),
        answer.digest(),
        answer.verdict(),
        answer.person(),
        answer.door(),
        answer.reason(),
        clock.get(),
        proved,
        remark == null,
        remark);
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
    if (!ask.answers().contains(answer.verdict())) {
      return Optional.of(
          "possible answers: " + Excerpt.begin(String.join(", ", ask.answers()), 80));
    }
    if (!proved && pipeline != null && !pipeline.environment().trust().contains(answer.door())) {
      return Optional.of(
          "door "
              + clip(answer.door())
              + " counts only with proof here"
              + (answer.proof() == null ? "" : ", and this proof is none"));
    }
    return wrongDigest(ask, answer).or(() -> wrongPerson(ask, answer)).or(() -> tooLate(ask));
  }

  // Two signals may come before the run looks: the first decides, whatever the second says.
  private Optional<String> tooLate(Ask ask) {
    return decided(ask) ? Optional.of("decided already: " + clip(decision(ask))) : Optional.empty();
  }

  private String decision(Ask ask) {
    if (ask.kind() == Ask.Kind.QUESTION) {
      return answer(ask.id()).map(Decision::verdict).orElseThrow();
    }
    return rejection(ask.id()).isPresent() ? "no" : "yes";
  }

  private static Optional<String> wrongDigest(Ask ask, Answer answer) {
    if (ask.digest() == null || (answer.digest() == null && ask.kind() == Ask.Kind.QUESTION)) {
      return Optional.empty();
    }
    String given = answer.digest() == null ? "" : answer.digest().toLowerCase(Locale.ROOT);
    if (given.length() < SHORTEST_DIGEST) {
      return Optional.of(
          "name the digest: the first 12 hex of the card, now " + ask.digest().substring(0, 12));
    }
    return ask.digest().startsWith(given)
        ? Optional.empty()
        : Optional.of(
            "another digest: this asks about "
                + ask.digest().substring(0, 12)
                + ", you named "
                + given.substring(0, 12));
  }

  /** As it was given: what was typed may read like a word of the sentence. */
  private static String quoted(String person) {
    return "'" + clip(person) + "'";
  }

  private Optional<String> wrongPerson(Ask ask, Answer answer) {
    String name = nameOf(answer.person());
    if (!ask.from().isEmpty() && !ask.from().contains(name)) {
      return Optional.of(
          quoted(answer.person())
              + " may not answer this; may: "
              + clip(String.join(", ", ask.from())));
    }
    if (ask.kind() != Ask.Kind.APPROVAL || !answer.verdict().equals(APPROVE)) {
      return Optional.empty();
    }
    if (!selfAllowed() && name.equals(nameOf(requester))) {
      return Optional.of(
          quoted(answer.person()) + " asked for this promotion and may not approve it");
    }
    return approvers(ask.id()).contains(name)
        ? Optional.of(quoted(answer.person()) + " has said yes already")
        : Optional.empty();
  }

  /** People whose yes counts for this ask, in the order in which they said it. */
  public List<String> approvers(String ask) {
    return counted(ask).stream()
        .filter(decision -> decision.verdict().equals(APPROVE))
        .map(decision -> nameOf(decision.person()))
        .distinct()
        .toList();
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
    return ask.kind() == Ask.Kind.QUESTION
        ? answer(ask.id()).isPresent()
        : rejection(ask.id()).isPresent() || missing(ask).isEmpty();
  }

  /** The places of an approval that nobody has filled yet; empty = enough people said yes. */
  public List<Need> missing(Ask ask) {
    List<String> approvers = approvers(ask.id());
    if (!ask.needs().isEmpty()) {
      return Places.unfilled(ask.needs(), approvers.stream().map(Voice::of).toList());
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
            : open.values().stream()
                .filter(ask -> ask.answers().contains(answer.verdict()))
                .toList();
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

  private boolean selfAllowed() {
    return pipeline == null
        || pipeline.environment().approvals() == null
        || pipeline.environment().approvals().self();
  }

  /**
   * The name under which the file knows this person; the claim itself when it does not, in one
   * spelling, so that nobody is two people.
   */
  private String nameOf(String claim) {
    List<Person> people = pipeline == null ? List.of() : pipeline.people();
    return people.stream()
        .filter(person -> person.answersTo(claim))
        .map(Person::name)
        .findFirst()
        .orElse(blank(claim) ? "" : claim.strip().toLowerCase(Locale.ROOT));
  }

  private static String clip(String text) {
    return Excerpt.begin(text, 40);
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
