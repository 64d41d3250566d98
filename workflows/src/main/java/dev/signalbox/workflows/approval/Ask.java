package dev.signalbox.workflows.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.release.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that only a person can answer.
 *
 * @param id unique in the run that asks: {@code approval-1}, {@code deploy-backend-1}
 * @param step the step that waits for the answer
 * @param text what is asked
 * @param read what was tried, what was read back and when; null for an approval
 * @param answers what may be answered: approve and reject, or the answers of a question
 * @param from names of the people who may answer; empty = anybody whose door is trusted
 * @param required how many must say yes, all together
 * @param digest what the answer is bound to; null = nothing
 * @param expires null = never
 * @param involved who has a part in it, and so may not say yes
 * @param reason whether an answer must say why; null = no
 * @param points ids of the points that must be ticked too before an approval is one
 * @param needs how many of which groups must say yes; empty = {@code required} of {@code from}
 * @param standIns who may answer in the place of one of {@code from}, and until when
 */
public record Ask(
    String id,
    Kind kind,
    String step,
    String text,
    String read,
    List<String> answers,
    List<String> from,
    int required,
    String digest,
    Instant askedAt,
    Instant expires,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Need> needs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Involved> involved,
    Boolean reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> points,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StandIn> standIns) {

  private static final int SHORTEST_DIGEST = 12;

  public Ask {
    answers = answers == null ? List.of() : List.copyOf(answers);
    from = from == null ? List.of() : List.copyOf(from);
    needs = needs == null ? List.of() : List.copyOf(needs);
    involved = involved == null ? List.of() : List.copyOf(involved);
    points = points == null ? List.of() : List.copyOf(points);
    standIns = standIns == null ? List.of() : List.copyOf(standIns);
  }

  /** One that any of these may answer, or so many of them. */
  public Ask(
      String id,
      Kind kind,
      String step,
      String text,
      String read,
      List<String> answers,
      List<String> from,
      int required,
      String digest,
      Instant askedAt,
      Instant expires) {
    this(
        id, kind, step, text, read, answers, from, required, digest, askedAt, expires, null, null,
        null, null, null);
  }

  /** The same, where these may fill the places too. */
  Ask askedOf(List<Need> others) {
    return new Ask(
        id,
        kind,
        step,
        text,
        read,
        answers,
        others.stream().flatMap(need -> need.from().stream()).distinct().toList(),
        required,
        digest,
        askedAt,
        expires,
        others,
        involved,
        reason,
        points,
        standIns);
  }

  /** The same, where these have a part in it. */
  Ask partlyBy(List<Involved> others) {
    return new Ask(
        id, kind, step, text, read, answers, from, required, digest, askedAt, expires, needs,
        others, reason, points, standIns);
  }

  /** The same, where these stand in for others. */
  Ask with(List<StandIn> others) {
    return new Ask(
        id, kind, step, text, read, answers, from, required, digest, askedAt, expires, needs,
        involved, reason, points, others);
  }

  /** Everybody who may answer, whoever stands in for another included; empty = anybody. */
  public List<String> asked() {
    return withStandIns(from);
  }

  /** These people, and who stands in for one of them. */
  public List<String> withStandIns(List<String> people) {
    return Stream.concat(
            people.stream(),
            standIns.stream().filter(one -> people.contains(one.of())).map(StandIn::person))
        .distinct()
        .toList();
  }

  boolean wantsReason() {
    return Boolean.TRUE.equals(reason);
  }

  /** Why this answer is to something else than what is asked; empty = it is not. */
  Optional<String> wrongDigest(Answer answer) {
    if (digest == null || (answer.digest() == null && kind != Kind.APPROVAL)) {
      return Optional.empty();
    }
    String given = answer.digest() == null ? "" : answer.digest().toLowerCase(Locale.ROOT);
    if (given.length() < SHORTEST_DIGEST) {
      return Optional.of(
          "name the digest: the first 12 hex of the card, now " + Digest.brief(digest));
    }
    return digest.startsWith(given)
        ? Optional.empty()
        : Optional.of(
            "another digest: this asks about "
                + Digest.brief(digest)
                + ", you named "
                + Digest.brief(given));
  }

  /** Whether this word is an answer to it. */
  boolean knows(String verdict) {
    return answers.contains(verdict) || (kind == Kind.APPROVAL && Asks.WITHDRAW.equals(verdict));
  }

  /** Who may answer, for people: names, and how many of which group where that is not plain. */
  public String whose() {
    if (from.isEmpty()) {
      return "anybody";
    }
    String those =
        needs.isEmpty() || (needs.size() == 1 && required == 1)
            ? names(from)
            : needs.stream()
                .map(need -> need.words() + " (" + names(need.from()) + ")")
                .collect(Collectors.joining(" and "));
    return involved.isEmpty()
        ? those
        : those
            + "; not "
            + involved.stream()
                .map(one -> one.person() + " (" + one.part() + ")")
                .collect(Collectors.joining(", "));
  }

  /** Those of these who may say yes, and who stands in for one of them, for people. */
  public String names(List<String> people) {
    List<String> those =
        Stream.concat(
                people.stream()
                    .filter(name -> involved.stream().noneMatch(one -> one.person().equals(name))),
                standIns.stream().filter(one -> people.contains(one.of())).map(StandIn::words))
            .toList();
    return those.isEmpty() ? "nobody" : String.join(", ", those);
  }

  /** What sort of answer is wanted. */
  public enum Kind {
    @JsonProperty("approval")
    APPROVAL,
    @JsonProperty("question")
    QUESTION,
    /** A point of a checklist, which somebody ticks. */
    @JsonProperty("point")
    POINT
  }
}
