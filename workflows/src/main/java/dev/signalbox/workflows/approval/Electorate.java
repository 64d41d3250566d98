package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.approval.Places.Voice;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who is who among those that answer, and who of them may say what. */
final class Electorate {
  private static final Electorate NOBODY = new Electorate(null, null);

  private final Pipeline pipeline;
  private final String requester;

  /**
   * @param pipeline null = no rules are known yet
   */
  Electorate(Pipeline pipeline, String requester) {
    this.pipeline = pipeline;
    this.requester = requester;
  }

  static Electorate nobody() {
    return NOBODY;
  }

  /**
   * The name under which the file knows this person; the claim itself when it does not, in one
   * spelling, so that nobody is two people.
   */
  String nameOf(String claim) {
    String name = Person.nameOf(claim, people());
    return name == null ? "" : name;
  }

  private Optional<Person> person(String claim) {
    return people().stream().filter(person -> person.answersTo(claim)).findFirst();
  }

  private List<Person> people() {
    return pipeline == null ? List.of() : pipeline.people();
  }

  /**
   * Whether what comes by this door counts without a proof; none does before the rules are known.
   */
  boolean trusts(String door) {
    return pipeline != null && pipeline.environment().trust().contains(door);
  }

  /** Why this person may not answer this at all. */
  Optional<String> refusal(Ask ask, Answer answer, Instant now) {
    String name = nameOf(answer.person());
    if (ask.from().isEmpty()
        || ask.from().contains(name)
        || inPlaceOf(name, now).stream().anyMatch(ask.from()::contains)) {
      return Optional.empty();
    }
    return Optional.of(
        quoted(answer.person())
            + " may not answer this; may: "
            + clip(String.join(", ", whoMay(ask, answer.verdict()))));
  }

  /** A yes of who has a part in it is worth nothing, so they are not named for it. */
  private List<String> whoMay(Ask ask, String verdict) {
    if (ask.kind() != Ask.Kind.APPROVAL || !Asks.APPROVE.equals(verdict)) {
      return ask.from();
    }
    List<String> may = ask.from().stream().filter(name -> mayHimself(ask, name)).toList();
    return may.isEmpty() ? List.of("nobody of those who are asked") : may;
  }

  private boolean mayHimself(Ask ask, String name) {
    return selfAllowed() || (!name.equals(nameOf(requester)) && part(ask, name).isEmpty());
  }

  /** Why this person's yes would be worth nothing. */
  Optional<String> refusalOfYes(Ask ask, Answer answer, Instant now) {
    String name = nameOf(answer.person());
    if (bot(answer.person())) {
      return Optional.of(quoted(answer.person()) + " is a bot; a person must say yes");
    }
    if (selfAllowed()) {
      return Optional.empty();
    }
    if (name.equals(nameOf(requester))) {
      return Optional.of(quoted(answer.person()) + " asked for this and may not approve it");
    }
    Optional<Involved> part = part(ask, name);
    if (part.isPresent()) {
      return Optional.of(
          quoted(answer.person()) + " is " + part.get().part() + " and may not approve it");
    }
    return ask.from().isEmpty() || ask.from().contains(name) || !inPlaceOf(ask, name, now).isEmpty()
        ? Optional.empty()
        : Optional.of(
            quoted(answer.person())
                + " stands in for whoever has a part in it, and may not either");
  }

  /**
   * Whether this person may not answer this, or not by this door; whatever else is wrong with it.
   *
   * @param ask null = none that is open
   */
  boolean denies(Ask ask, Answer answer, Instant now) {
    return ask != null
        && ask.knows(answer.verdict())
        && answer.person() != null
        && ((answer.proof() == null && !trusts(answer.door()))
            || refusal(ask, answer, now).isPresent()
            || (ask.kind() == Ask.Kind.APPROVAL
                && Asks.APPROVE.equals(answer.verdict())
                && refusalOfYes(ask, answer, now).isPresent()));
  }

  private static Optional<Involved> part(Ask ask, String name) {
    return ask.involved().stream().filter(one -> one.person().equals(name)).findFirst();
  }

  private boolean bot(String claim) {
    return Person.botLogin(claim) || person(claim).filter(Person::bot).isPresent();
  }

  private boolean selfAllowed() {
    return pipeline != null
        && (pipeline.environment().approvals() == null
            || pipeline.environment().approvals().self());
  }

  /** Those for whom this person may speak of this now: nobody who may not speak himself. */
  List<String> inPlaceOf(Ask ask, String name, Instant now) {
    return inPlaceOf(name, now).stream().filter(other -> mayHimself(ask, other)).toList();
  }

  /** The same, with what is known here of who may say yes and who may not. */
  Ask completed(Ask ask, Instant now) {
    Ask known = ask.partlyBy(withRequester(ask));
    return known.with(standIns(known, now));
  }

  private List<Involved> withRequester(Ask ask) {
    return Stream.concat(
            ask.involved().stream(),
            person(requester).map(Person::name).stream()
                .filter(name -> !selfAllowed() && ask.from().contains(name))
                .filter(name -> part(ask, name).isEmpty())
                .map(name -> new Involved(name, "who asked for it")))
        .toList();
  }

  /** Who may say yes to this now in the place of somebody who is asked. */
  private List<StandIn> standIns(Ask ask, Instant now) {
    return people().stream()
        .filter(person -> person.delegate() != null && ask.from().contains(person.name()))
        .map(
            person ->
                new StandIn(
                    nameOf(person.delegate().to()), person.name(), person.delegate().until()))
        .filter(one -> inPlaceOf(ask, one.person(), now).contains(one.of()))
        .filter(one -> mayApprove(ask, one.person()))
        .distinct()
        .toList();
  }

  private boolean mayApprove(Ask ask, String name) {
    return !bot(name)
        && (selfAllowed() || (!name.equals(nameOf(requester)) && part(ask, name).isEmpty()));
  }

  private List<String> inPlaceOf(String name, Instant now) {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    return people().stream()
        .filter(person -> person.delegate() != null)
        .filter(person -> nameOf(person.delegate().to()).equals(name))
        .filter(person -> !today.isAfter(person.delegate().until()))
        .map(Person::name)
        .distinct()
        .toList();
  }

  /** What a yes may fill: never the place of somebody who has said it himself. */
  static Voice voice(String name, Decision yes, List<String> approvers) {
    Set<String> names = new HashSet<>(yes.inPlaceOf());
    names.removeAll(approvers);
    names.add(name);
    return new Voice(names);
  }

  /** As it was given: what was typed may read like a word of the sentence. */
  static String quoted(String person) {
    return "'" + clip(person) + "'";
  }

  private static String clip(String text) {
    return Excerpt.begin(text, 40);
  }
}
