package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.MigrationLook;
import dev.signalbox.workflows.migration.MigrationLook.SourceSchema;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.policy.MigrationPolicy.RuleVerdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The database stands where this commit's migrations can go on, all of them are allowed here, and
 * the environment promoted from has run the same.
 *
 * @param alone the one service that is deployed without the others; null = all are
 * @param source name of the environment promoted from; null = none
 * @param codeRuns whether it is this commit's code that runs, so that nothing could break it
 * @param look null = nobody has looked yet
 */
record Migrations(
    MigrationPolicy policy, String source, String alone, boolean codeRuns, MigrationLook look)
    implements Gate {
  static final String NAME = "migrations";
  private static final String REQUESTER = "requester";
  private static final String OPERATORS = "operators";
  private static final String DATABASE = "the database";

  @Override
  public GateResult judge(Facts facts) {
    if (alone != null && !alone.equals(policy.service())) {
      return GateResult.met(NAME, "nothing is migrated: only " + alone + " is deployed");
    }
    if (look == null) {
      return GateResult.waiting(NAME, "the database has not been read", null, DATABASE);
    }
    if (look.unread() != null) {
      return look.unread().permanent()
          ? GateResult.failed(NAME, look.unread().sentence(), OPERATORS)
          : GateResult.waiting(NAME, look.unread().sentence(), null, DATABASE);
    }
    MigrationPlan plan = look.plan();
    if (!plan.state().mayRun()) {
      return GateResult.failed(NAME, standing(plan), owner(plan.state()));
    }
    if (plan.state() == State.BEHIND && plan.revisions().isEmpty()) {
      return GateResult.failed(
          NAME, "the database is behind the code, and no pending revision was named", OPERATORS);
    }
    Optional<SchemaChange> change = SchemaChange.of(plan, policy, codeRuns || facts.nothingRuns());
    if (change.isEmpty()) {
      return GateResult.met(NAME, standing(plan));
    }
    return refusedRule(plan)
        .or(() -> refusedContract(change.get()))
        .or(() -> unproved(change.get()))
        .or(() -> mixed(change.get()))
        .map(why -> GateResult.failed(NAME, why, REQUESTER))
        .or(() -> unrunInSource(plan))
        .orElseGet(() -> GateResult.met(NAME, words(plan, change.get())));
  }

  // ---- where the database stands

  private String standing(MigrationPlan plan) {
    return switch (plan.state()) {
      case NO_ALEMBIC -> "there is no Alembic in " + policy.directory() + " of this commit";
      case UNKNOWN_REVISION -> plain(plan) + "; promote a commit that has it";
      case AHEAD -> plain(plan) + "; promote a commit that has these revisions";
      case DIVERGED -> plain(plan) + "; find out who changed it, nothing is stamped over here";
      case BEHIND, CURRENT, MULTIPLE_HEADS, UNSEEN -> plain(plan);
    };
  }

  private static String plain(MigrationPlan plan) {
    String sentence = plan.sentence();
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT)
        + sentence.substring(1).replaceFirst("\\.$", "");
  }

  private static String owner(State state) {
    return state == State.DIVERGED ? OPERATORS : REQUESTER;
  }

  // ---- what the policy says

  private Optional<String> refusedRule(MigrationPlan plan) {
    boolean asked =
        policy.rules().containsValue(RuleVerdict.REFUSE)
            || policy.rules().containsValue(RuleVerdict.APPROVE);
    if (asked && plan.unlinted().isPresent()) {
      return plan.unlinted()
          .map(why -> "[migrations.rules] asks what squawk finds, and there are " + why);
    }
    for (PlannedRevision revision : plan.revisions()) {
      for (Finding finding : revision.findings()) {
        if (policy.rules().get(finding.rule()) == RuleVerdict.REFUSE) {
          return Optional.of(
              revision.revision()
                  + " breaks "
                  + finding.rule()
                  + ", which [migrations.rules] refuses (line "
                  + finding.line()
                  + " of its SQL: "
                  + finding.message()
                  + ")");
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> refusedContract(SchemaChange change) {
    return policy.contract() != ContractOrder.REFUSE
        ? Optional.empty()
        : change.all().stream()
            .filter(PendingRevision::breaksFormerCode)
            .findFirst()
            .map(
                revision ->
                    revision.words()
                        + " and contract = \"refuse\": the code that runs may not bear it; run it"
                        + " by hand when nothing needs what it takes away");
  }

  private Optional<String> unproved(SchemaChange change) {
    return policy.backup() != BackupMethod.RAILWAY_VOLUME || policy.runsUnproved()
        ? Optional.empty()
        : change.all().stream()
            .filter(PendingRevision::needsReceipt)
            .findFirst()
            .map(
                revision ->
                    revision.words()
                        + " needs a backup that was proved by restoring it, and backup ="
                        + " \"railway-volume\" proves nothing; "
                        + (policy.byRailway() ? "" : "set backup = \"pg_dump\", or ")
                        + "say in without_backup why it may run all the same");
  }

  private static Optional<String> mixed(SchemaChange change) {
    return change
        .late()
        .map(
            late ->
                late.words()
                    + " comes after "
                    + change.after().get(0).words()
                    + ", so it would run after the code that may need it; put it before that"
                    + " revision, release that one in a later commit, or set contract ="
                    + " \"before\"");
  }

  // ---- what the source has run

  private Optional<GateResult> unrunInSource(MigrationPlan plan) {
    SourceSchema there = look.source();
    if (source == null || policy.withoutSource() != null || policy.byRailway()) {
      return Optional.empty();
    }
    if (there == null) {
      return Optional.of(
          GateResult.waiting(NAME, "the database of " + source + " was not read", null, DATABASE));
    }
    if (there.unread() != null) {
      String sentence =
          "whether " + source + " has run them is not known: " + there.unread().sentence();
      return Optional.of(
          there.unread().permanent()
              ? GateResult.failed(NAME, sentence + wayOut(), OPERATORS)
              : GateResult.waiting(NAME, sentence, null, DATABASE));
    }
    List<String> missing = missing(plan, there);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            GateResult.waiting(
                NAME, unrun(plan, there, missing), null, "whoever deploys " + source));
  }

  /** A place that is not pending here says nothing: its history is in another commit. */
  private String unrun(MigrationPlan plan, SourceSchema there, List<String> missing) {
    String revisions =
        missing.stream().limit(5).collect(Collectors.joining(", "))
            + (missing.size() > 5 ? " and " + (missing.size() - 5) + " more" : "");
    String stands =
        ": its database stands at "
            + (there.at().isEmpty() ? "no revision" : String.join(", ", there.at()));
    List<String> strange = strange(plan, there);
    return strange.isEmpty()
        ? source + " has not run " + revisions + stands
        : "nobody can say whether "
            + source
            + " has run "
            + revisions
            + stands
            + "; "
            + String.join(", ", strange)
            + " is not pending here, so "
            + source
            + " is ahead of this commit (take one that has it) or behind this database";
  }

  private static List<String> strange(MigrationPlan plan, SourceSchema there) {
    if (there.pending() != null) {
      return List.of();
    }
    List<String> known =
        new ArrayList<>(plan.revisions().stream().map(PlannedRevision::revision).toList());
    known.addAll(plan.database());
    return there.at().stream().filter(place -> !known.contains(place)).toList();
  }

  /** Nobody is asked by default: what no database has tried is tried in production. */
  private String wayOut() {
    return " (where "
        + source
        + " is to have no database, say why in without_source under [migrations]; then they run"
        + " here first)";
  }

  /** Pending here, and neither what the source's database names nor anything before that. */
  private static List<String> missing(MigrationPlan plan, SourceSchema there) {
    if (there.pending() != null) {
      return there.pending()
          ? plan.revisions().stream().map(PlannedRevision::revision).toList()
          : List.of();
    }
    Map<String, PlannedRevision> pending = new HashMap<>();
    plan.revisions().forEach(revision -> pending.put(revision.revision(), revision));
    Set<String> run = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(there.at());
    while (!next.isEmpty()) {
      PlannedRevision revision = pending.get(next.pop());
      if (revision != null && run.add(revision.revision())) {
        next.addAll(revision.downRevisions());
      }
    }
    List<String> missing = new ArrayList<>(pending.keySet().size());
    plan.revisions().stream()
        .map(PlannedRevision::revision)
        .filter(revision -> !run.contains(revision))
        .forEach(missing::add);
    return missing;
  }

  // ---- what it lets pass

  private String words(MigrationPlan plan, SchemaChange change) {
    return SchemaChange.count(change.all())
        + ": "
        + SchemaChange.words(change.all())
        + (change.after().isEmpty()
            ? ""
            : "; from " + change.after().get(0).revision() + " on when the code has soaked")
        + findings(plan)
        + tried(plan);
  }

  private String tried(MigrationPlan plan) {
    if (plan.recorded() != null) {
      return "; the database was not asked: taken from " + plan.recorded();
    }
    if (policy.byRailway()) {
      return "; only Railway reaches the database, so it was not read"
          + plan.notes().stream()
              .filter(note -> note.startsWith(MigrationPlan.NOT_KNOWN))
              .map(note -> ", and " + note)
              .findFirst()
              .orElse("");
    }
    if (source == null) {
      return "";
    }
    return policy.withoutSource() == null
        ? "; run in " + source
        : "; not asked whether " + source + " has run them: " + policy.withoutSource();
  }

  private String findings(MigrationPlan plan) {
    long warned =
        plan.revisions().stream()
            .flatMap(revision -> revision.findings().stream())
            .filter(finding -> policy.rules().get(finding.rule()) != RuleVerdict.ALLOW)
            .count();
    return warned == 0
        ? ""
        : "; " + warned + (warned == 1 ? " finding" : " findings") + " of squawk";
  }
}
