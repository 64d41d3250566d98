package dev.signalbox.starter.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What every command's help ends with: an example that works, and its exit codes. */
final class CommandPages {
  private static final String USAGE = "usage or configuration";
  private static final String AWAY = "engine, worker, Railway or GitHub not reached";

  private static final List<String> MIGRATE_PLAN =
      List.of("signalbox migrate plan --directory backend --database env:DATABASE_URL");

  private static final List<String> BACKUP_NOW = List.of("signalbox backup now production");

  private static final List<String> PREVIEW_CREATE =
      List.of("signalbox preview create pr-7 --wait");

  private static final Map<String, List<String>> EXAMPLES =
      Map.ofEntries(
          Map.entry("sandbox", List.of("signalbox sandbox --write trial")),
          Map.entry("demo", List.of("signalbox demo", "signalbox demo --act kill")),
          Map.entry("worker", List.of("TEMPORAL_ADDRESS=127.0.0.1:7233 signalbox worker")),
          Map.entry("gateway", List.of("signalbox gateway --port 8080 --host 0.0.0.0")),
          Map.entry("plan", List.of("signalbox plan production")),
          Map.entry(
              "promote",
              List.of(
                  "signalbox promote production --reason \"release of the week\" --wait",
                  "signalbox promote production --commit 1a2b3c4 --wait=30m --no-input")),
          Map.entry("status", List.of("signalbox status", "signalbox status --output json")),
          Map.entry("why", List.of("signalbox why production")),
          Map.entry("list", List.of("signalbox list")),
          Map.entry(
              "logs",
              List.of(
                  "signalbox logs production --service backend --since 1h",
                  "signalbox logs production --build --lines 500",
                  "signalbox logs staging --follow")),
          Map.entry(
              "wait", List.of("url=$(signalbox wait \"$GITHUB_SHA\" --env staging --timeout 15m)")),
          Map.entry("history", List.of("signalbox history production -n 20")),
          Map.entry(
              "approve", List.of("signalbox approve production --reason \"looked at staging\"")),
          Map.entry("reject", List.of("signalbox reject production --reason \"not on a Friday\"")),
          Map.entry(
              "tick", List.of("signalbox tick production --point 1 --reason \"posted at noon\"")),
          Map.entry(
              "resolve",
              List.of("signalbox resolve production --as done --reason \"seen in Railway\"")),
          Map.entry(
              "rollback",
              List.of(
                  "signalbox rollback production",
                  "signalbox rollback production --yes --wait --reason \"login is broken\"")),
          Map.entry(
              "redeploy",
              List.of(
                  "signalbox redeploy production --reason \"new variables\" --wait",
                  "signalbox redeploy production --service backend --restart")),
          Map.entry("cancel", List.of("signalbox cancel production --reason \"wrong commit\"")),
          Map.entry(
              "freeze",
              List.of(
                  "signalbox freeze production --reason launch --until 2026-12-24T12:00 --zone"
                      + " Europe/Berlin",
                  "signalbox freeze production --reason \"we look at the numbers\" --until 90m")),
          Map.entry("unfreeze", List.of("signalbox unfreeze production --reason \"all is well\"")),
          Map.entry(
              "override", List.of("signalbox override production --reason \"the shop is down\"")),
          Map.entry(
              "lock",
              List.of("signalbox lock production --reason \"the new cache\" --until merged")),
          Map.entry("unlock", List.of("signalbox unlock production --reason done")),
          Map.entry("hold", List.of("signalbox hold production --reason \"one by one\"")),
          Map.entry("unhold", List.of("signalbox unhold production --reason \"go on\"")),
          Map.entry(
              "quarantine",
              List.of(
                  "signalbox quarantine production --commit 1a2b3c4 --reason \"loses orders\"")),
          Map.entry(
              "unquarantine",
              List.of("signalbox unquarantine production --commit 1a2b3c4 --reason \"mended\"")),
          Map.entry(
              "audit",
              List.of(
                  "signalbox audit --env production --since 30d",
                  "signalbox audit --since 2026-11-01 --csv > audit.csv")),
          Map.entry("audit verify", List.of("signalbox audit verify")),
          Map.entry("migrate", MIGRATE_PLAN),
          Map.entry("migrate plan", MIGRATE_PLAN),
          Map.entry("backup", BACKUP_NOW),
          Map.entry("backup now", BACKUP_NOW),
          Map.entry("backup list", List.of("signalbox backup list production")),
          Map.entry(
              "backup verify",
              List.of(
                  "signalbox backup verify production",
                  "signalbox backup verify production --backup"
                      + " production-20261121T101530Z-1a2b3c4d")),
          Map.entry(
              "backup restore",
              List.of(
                  "signalbox backup restore production --backup"
                      + " production-20261121T101530Z-1a2b3c4d --reason \"orders are gone\"")),
          Map.entry("monitor", List.of("signalbox monitor start production")),
          Map.entry("monitor start", List.of("signalbox monitor start production")),
          Map.entry("monitor stop", List.of("signalbox monitor stop production")),
          Map.entry("monitor status", List.of("signalbox monitor status production")),
          Map.entry("monitor check", List.of("signalbox monitor check production")),
          Map.entry("incident", List.of("signalbox incident list")),
          Map.entry("incident list", List.of("signalbox incident list")),
          Map.entry("incident show", List.of("signalbox incident show production")),
          Map.entry(
              "incident ack", List.of("signalbox incident ack production --reason \"on it\"")),
          Map.entry(
              "incident mute", List.of("signalbox incident mute production --reason \"known\"")),
          Map.entry(
              "incident close",
              List.of("signalbox incident close production --reason \"a false alarm\"")),
          Map.entry("preview", PREVIEW_CREATE),
          Map.entry("preview create", PREVIEW_CREATE),
          Map.entry("preview destroy", List.of("signalbox preview destroy pr-7 --wait")),
          Map.entry("preview list", List.of("signalbox preview list")),
          Map.entry("preview why", List.of("signalbox preview why pr-7")),
          Map.entry("preview sweep", List.of("signalbox preview sweep")),
          Map.entry("sync", List.of("signalbox sync production")),
          Map.entry(
              "completion",
              List.of(
                  "source <(signalbox completion bash)", "source <(signalbox completion zsh)")));

  private static final Map<String, Map<String, String>> EXITS =
      Map.ofEntries(
          Map.entry(
              "plan",
              codes("0", "it may move", "1", "a gate failed", "4", "something must be waited for")),
          Map.entry("promote", started()),
          Map.entry(
              "wait",
              codes("0", "live and verified", "1", "it failed", "4", "its time is up before that")),
          Map.entry("logs", codes("0", "printed", "130", "--follow: interrupted")),
          Map.entry("rollback", started()),
          Map.entry("redeploy", started()),
          Map.entry("approve", answers()),
          Map.entry("reject", answers()),
          Map.entry("tick", answers()),
          Map.entry("resolve", answers()),
          Map.entry("freeze", ordered()),
          Map.entry("unfreeze", ordered()),
          Map.entry("override", ordered()),
          Map.entry(
              "lock",
              codes("0", "you have it", "1", "refused", "4", "in the queue, or not judged yet")),
          Map.entry("unlock", ordered()),
          Map.entry("hold", ordered()),
          Map.entry("audit", codes("0", "answered", "1", "a page of the archive is not there")),
          Map.entry("audit verify", codes("0", "nothing found", "1", "findings")),
          Map.entry("quarantine", ordered()),
          Map.entry("unquarantine", ordered()),
          Map.entry("unhold", ordered()),
          Map.entry("cancel", codes("0", "asked to end", "1", "it has ended already")),
          Map.entry(
              "migrate plan",
              codes("0", "it may run, or there is nothing to do", "1", "it may not")),
          Map.entry(
              "backup now", codes("0", "good: it was restored", "1", "not good, or none taken")),
          Map.entry("backup list", codes("0", "answered", "1", "refused, the sentence says why")),
          Map.entry("backup verify", codes("0", "good: it was restored", "1", "not good")),
          Map.entry("backup restore", started()),
          Map.entry(
              "monitor check", codes("0", "no outage", "1", "an outage, or nothing was seen")),
          Map.entry("preview create", preview("live and verified")),
          Map.entry("preview destroy", preview("gone")),
          Map.entry("preview list", codes("0", "answered", "1", "refused, the sentence says why")),
          Map.entry("preview sweep", codes("0", "compared; what was not so is mended from now on")),
          Map.entry(
              "sync",
              codes(
                  "0",
                  "level",
                  "1",
                  "refused, the sentence says why",
                  "4",
                  "a pull request waits for a person")),
          Map.entry("demo", codes("0", "every act ended as expected", "1", "one did not")));

  private CommandPages() {}

  private static Map<String, String> preview(String wanted) {
    return codes(
        "0",
        "begun; with --wait " + wanted,
        "1",
        "refused; with --wait failed",
        "4",
        "the duration ran out");
  }

  /** Adds to a command's help what its annotations do not say. */
  static void complete(CommandSpec command) {
    String name = command.qualifiedName().replaceFirst("^signalbox ", "");
    List<String> examples = EXAMPLES.get(name);
    if (examples == null) {
      return;
    }
    UsageMessageSpec page = command.usageMessage();
    Map<String, String> codes = new LinkedHashMap<>();
    codes.putAll(EXITS.getOrDefault(name, Map.of("0", "answered")));
    codes.put("2", USAGE);
    codes.put("3", AWAY);
    page.exitCodeListHeading("%nExit codes:%n");
    page.exitCodeList(codes);
    page.footerHeading("%nFor example:%n");
    page.footer(examples.stream().map(line -> "  " + line).toArray(String[]::new));
  }

  private static Map<String, String> started() {
    return codes(
        "0", "started, joined or already there; with --wait: live and verified",
        "1", "refused; with --wait also: it ended otherwise",
        "4", "--wait: its time is up, or a person must answer",
        "130", "--wait: interrupted; the run goes on");
  }

  private static Map<String, String> answers() {
    return codes("0", "counted", "1", "refused", "4", "recorded; no worker has answered yet");
  }

  private static Map<String, String> ordered() {
    return codes("0", "done", "1", "refused", "4", "recorded; no worker has answered yet");
  }

  private static Map<String, String> codes(String... codesAndMeanings) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (int at = 0; at < codesAndMeanings.length; at += 2) {
      codes.put(codesAndMeanings[at], codesAndMeanings[at + 1]);
    }
    return codes;
  }
}
