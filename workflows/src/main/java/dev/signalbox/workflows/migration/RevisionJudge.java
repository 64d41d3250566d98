package dev.signalbox.workflows.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says of each revision what it means for the code before it, and why; to be asked in the order in
 * which they run, for it remembers what the earlier ones made.
 */
public final class RevisionJudge {
  private final Set<String> uniqueIndexes;
  private final Set<String> domains;
  private final Set<String> made = new HashSet<>();
  private boolean asked = true;

  /**
   * @param uniqueIndexes names of those that the database has, with their schema
   * @param domains names of those that it has, without
   */
  public RevisionJudge(Set<String> uniqueIndexes, Set<String> domains) {
    this.uniqueIndexes = new HashSet<>(uniqueIndexes);
    this.domains = new HashSet<>(domains);
  }

  /** Of a database that nobody asks: any of its indexes may be unique, any type a domain. */
  public static RevisionJudge ofAnUnaskedDatabase() {
    RevisionJudge judge = new RevisionJudge(Set.of(), Set.of());
    judge.asked = false;
    return judge;
  }

  /**
   * @param reasons each with the statement or call that made it so; empty for plain additions
   */
  public record Verdict(RevisionClass kind, List<String> reasons) {}

  public Verdict judge(RevisionFacts facts) {
    List<Judgement> judgements = new ArrayList<>(ofSql(facts));
    if (facts.sql() == null || rendersNothing(facts)) {
      judgements.addAll(ofCalls(facts));
    } else {
      judgements.addAll(hiddenFromSql(facts));
    }
    if (!asked) {
      judgements.addAll(ofTheUnasked(facts));
    }
    if (!facts.reversible() && facts.downRevisions().size() < 2) {
      judgements.add(
          new Judgement(RevisionClass.IRREVERSIBLE, "has no downgrade that does anything"));
    }
    RevisionClass worst =
        judgements.stream()
            .map(Judgement::kind)
            .max(Comparator.naturalOrder())
            .orElse(RevisionClass.EXPAND);
    Set<String> reasons = new LinkedHashSet<>();
    judgements.stream()
        .filter(judgement -> judgement.reason() != null)
        .sorted(Comparator.comparing(Judgement::kind).reversed())
        .forEach(judgement -> reasons.add(judgement.reason()));
    return new Verdict(worst, List.copyOf(reasons));
  }

  private List<Judgement> ofSql(RevisionFacts facts) {
    if (facts.unparsed() != null) {
      return List.of(Judgement.unknown("PostgreSQL's parser refuses its SQL: " + facts.unparsed()));
    }
    StatementRules rules = new StatementRules(uniqueIndexes, domains);
    List<Judgement> found = new ArrayList<>();
    for (SqlStatement statement : facts.statements()) {
      found.add(rules.judge(statement));
      remember(statement);
    }
    return found;
  }

  /** What would be nothing by the database's word, which nobody has. */
  private List<Judgement> ofTheUnasked(RevisionFacts facts) {
    List<Judgement> found = new ArrayList<>();
    for (SqlStatement statement : facts.statements()) {
      if (statement.is("IndexStmt") || statement.is("CreateEnumStmt")) {
        made.add(statement.is("IndexStmt") ? statement.name() : "type:" + statement.on());
      } else if (statement.is("DropStmt/INDEX") && !made.contains(statement.on())) {
        found.add(unasked("drops an index, and it may be a unique one", statement));
      } else if (statement.is("AlterTableStmt/AddColumn")
          && statement.flags().stream()
              .anyMatch(flag -> NewColumns.isOfAnUnusualType(flag) && !made.contains(flag))) {
        found.add(unasked("its type may be a domain that refuses what is left out", statement));
      }
    }
    if (facts.sql() == null) {
      facts.calls().stream()
          .filter(call -> call.name().equals("drop_index"))
          .map(call -> Judgement.unknown("drops an index, which may be unique: " + call.shown()))
          .forEach(found::add);
    }
    return found;
  }

  private static Judgement unasked(String why, SqlStatement statement) {
    return Judgement.unknown(
        why + " (the database was not asked): " + StatementRules.text(statement));
  }

  private void remember(SqlStatement statement) {
    if (statement.is("IndexStmt") && statement.has("unique")) {
      uniqueIndexes.add(statement.name() == null ? nameOf(statement) : statement.name());
    }
    boolean renames = statement.is("RenameStmt/INDEX") || statement.is("RenameStmt/TABLE");
    if (renames && uniqueIndexes.stream().anyMatch(index -> isCalled(index, statement.on()))) {
      uniqueIndexes.addAll(statement.columns());
    }
    if (statement.is("CreateDomainStmt")) {
      domains.add(StatementRules.unqualified(statement.on()));
    }
  }

  private static boolean isCalled(String index, String name) {
    return index.equals(name) || index.endsWith("." + name) || name.endsWith("." + index);
  }

  /** As PostgreSQL calls an index that has no name. */
  private static String nameOf(SqlStatement index) {
    String table = index.on().substring(index.on().lastIndexOf('.') + 1);
    String columns = index.columns().isEmpty() ? "expr" : String.join("_", index.columns());
    return table + "_" + columns + "_idx";
  }

  /** Only settings, comments and transactions, though its code calls something. */
  private static boolean rendersNothing(RevisionFacts facts) {
    return facts.statements().stream().allMatch(StatementRules::hasNoEffect)
        && !facts.calls().isEmpty();
  }

  private List<Judgement> ofCalls(RevisionFacts facts) {
    CallRules rules =
        new CallRules(uniqueIndexes, facts.statements().stream().anyMatch(OwnThings::movesPath));
    List<Judgement> found = new ArrayList<>();
    facts.calls().forEach(call -> found.add(rules.judge(call)));
    if (facts.sql() == null && facts.calls().isEmpty()) {
      found.add(Judgement.unknown("its SQL cannot be rendered, and its code shows no operation"));
    }
    return found;
  }

  /** What the code does beside the SQL that it renders offline. */
  private static List<Judgement> hiddenFromSql(RevisionFacts facts) {
    Stream<Judgement> hidden =
        facts.calls().stream()
            .filter(call -> isHidden(call, facts))
            .map(
                call ->
                    Judgement.unknown(
                        "its SQL does not show what its code calls: " + call.shown()));
    Stream<Judgement> branches =
        facts.offlineBranches()
            ? Stream.of(
                Judgement.unknown(
                    "it does something else when it runs than what its SQL shows (it asks whether"
                        + " it is offline, or goes by what may be otherwise then)"))
            : Stream.empty();
    Stream<Judgement> elsewhere =
        facts.elsewhere() == null
            ? Stream.empty()
            : Stream.of(
                Judgement.unknown(
                    "may be other SQL when it runs than what is shown: it " + facts.elsewhere()));
    return Stream.of(hidden, branches, elsewhere).flatMap(one -> one).toList();
  }

  private static boolean isHidden(CodeCall call, RevisionFacts facts) {
    String kind = CallRules.mustShow(call);
    return kind != null && facts.statements().stream().noneMatch(statement -> statement.is(kind));
  }
}
