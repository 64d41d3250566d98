package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined.Mended;
import dev.signalbox.workflows.github.RevertPull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Commits that proved bad here. None is ever forgotten, because a rollback may make an old one the
 * next step forward again: the newest {@value #MOST_WHOLE} stand with their reason, of older ones
 * the last {@value #SEALED_LENGTH} hex digits are kept, so that ten thousand of them take less than
 * 200 KB.
 */
final class Quarantine {
  static final int MOST_WHOLE = 200;
  static final int SEALED_LENGTH = 16;
  private static final int MOST_ORDERED = 20;

  private final List<Quarantined> newest;
  private final List<String> sealed;

  Quarantine(List<Quarantined> newest, List<String> sealed) {
    this.newest = new ArrayList<>(newest);
    this.sealed = new ArrayList<>(sealed);
  }

  /**
   * A release proved bad.
   *
   * @param runsNow what runs after it; null = not known
   */
  void add(RunReport report, LiveSet runsNow) {
    RevertPull revert = report.toBeReverted(runsNow);
    if (find(report.revision()).isEmpty()) {
      add(
          new Quarantined(
              report.revision(), Ledger.clip(report.detail()), report.at(), null, revert, null));
    } else if (revert != null) {
      // Somebody was faster to say that it is bad.
      takenBack(report.revision(), revert);
    }
  }

  /** Those whose revert is yet to be opened. */
  List<Quarantined> owing() {
    return newest.stream().filter(Quarantined::owesRevert).toList();
  }

  /** It is known now what became of taking it back; null = nothing. */
  void takenBack(String revision, RevertPull pull) {
    newest.replaceAll(entry -> entry.revision().equals(revision) ? entry.takenBack(pull) : entry);
  }

  private void add(Quarantined entry) {
    newest.add(entry);
    while (newest.size() > MOST_WHOLE) {
      sealed.add(sealed(newest.remove(0).revision()));
    }
  }

  /** Of these commits those that are in it, and the newest that people ordered. */
  QuarantineReport among(List<String> commits) {
    List<Quarantined> ordered = newest.stream().filter(entry -> entry.person() != null).toList();
    return new QuarantineReport(
        Stream.concat(
                commits.stream().flatMap(commit -> find(commit).stream()),
                ordered.stream().skip(Math.max(0, ordered.size() - MOST_ORDERED)))
            .distinct()
            .toList());
  }

  /** Somebody says that it is bad. */
  OrderAnswer order(String revision, String person, String reason, Instant since) {
    if (find(revision).isPresent()) {
      return OrderAnswer.refused(revision + " is in quarantine already");
    }
    add(new Quarantined(revision, reason, since, person, null, null));
    return OrderAnswer.done(
        revision + " is in quarantine; what contains it is refused until its revert is in it");
  }

  /** Somebody says that it may be promoted again. */
  OrderAnswer lift(String start, String person, OrderRights rights) {
    return judged(
        start,
        person,
        rights,
        entry -> {
          remove(entry);
          return entry.revision() + " is not in quarantine any more";
        });
  }

  /** Somebody says which commit mends it: what has that one may be promoted, it itself may not. */
  OrderAnswer mend(String start, Mended mended, OrderRights rights) {
    return judged(
        start,
        mended.person(),
        rights,
        entry -> {
          remove(entry);
          add(entry.mendedBy(mended));
          return "what contains "
              + mended.commit()
              + " may be promoted; "
              + entry.revision()
              + " stays in quarantine";
        });
  }

  private OrderAnswer judged(
      String start, String person, OrderRights rights, Function<Quarantined, String> deed) {
    List<Quarantined> meant =
        newest.stream().filter(entry -> entry.revision().startsWith(start)).toList();
    Optional<Quarantined> entry = meant.isEmpty() ? find(start) : Optional.of(meant.get(0));
    if (entry.isEmpty()) {
      return OrderAnswer.refused(start + " is not in quarantine");
    }
    if (meant.size() > 1) {
      return OrderAnswer.refused(start + " is the start of several; say more of it");
    }
    return rights
        .refusal(entry.get(), person)
        .map(OrderAnswer::refused)
        .orElseGet(() -> OrderAnswer.done(deed.apply(entry.get())));
  }

  private void remove(Quarantined entry) {
    newest.removeIf(one -> one.revision().equals(entry.revision()));
    sealed.remove(sealed(entry.revision()));
  }

  /** The commit's entry; of a sealed one its reason and time are not known any more. */
  Optional<Quarantined> find(String revision) {
    return newest.stream()
        .filter(entry -> entry.revision().equals(revision))
        .findFirst()
        .or(
            () ->
                sealed.contains(sealed(revision))
                    ? Optional.of(
                        new Quarantined(
                            revision,
                            "it proved bad here, more than " + MOST_WHOLE + " bad releases ago",
                            null))
                    : Optional.empty());
  }

  List<Quarantined> newest() {
    return List.copyOf(newest);
  }

  List<String> sealed() {
    return List.copyOf(sealed);
  }

  private static String sealed(String revision) {
    return revision.substring(Math.max(0, revision.length() - SEALED_LENGTH));
  }
}
