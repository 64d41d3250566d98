package dev.signalbox.starter.cli;

import dev.signalbox.sandbox.SandboxCommand;
import dev.signalbox.workers.Logs;
import dev.signalbox.workers.Trouble;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code signalbox} command. */
@Command(
    name = "signalbox",
    mixinStandardHelpOptions = true,
    version = "signalbox 0.1.0",
    description = "Durable deployment pipelines for teams on Railway and GitHub.",
    synopsisSubcommandLabel = "COMMAND")
public final class SignalboxCli implements Runnable {
  /** Every command; a new one gets a line here. */
  private static final List<Function<Surroundings, Object>> COMMANDS =
      List.of(
          surroundings -> new SandboxCommand(),
          DemoCommand::new,
          WorkerCommand::new,
          GatewayCommand::new,
          PlanCommand::new,
          PromoteCommand::new,
          StatusCommand::new,
          WhyCommand::new,
          ListCommand::new,
          HistoryCommand::new,
          LogsCommand::new,
          WaitCommand::new,
          ApproveCommand::new,
          RejectCommand::new,
          ResolveCommand::new,
          TickCommand::new,
          RollbackCommand::new,
          RedeployCommand::new,
          CancelCommand::new,
          FreezeCommand::new,
          UnfreezeCommand::new,
          OverrideCommand::new,
          LockCommand::new,
          UnlockCommand::new,
          HoldCommand::new,
          UnholdCommand::new,
          QuarantineCommand::new,
          UnquarantineCommand::new,
          SignalboxCli::audit,
          SignalboxCli::migrate,
          SignalboxCli::backup,
          SignalboxCli::preview,
          SignalboxCli::monitor,
          SignalboxCli::incident,
          SyncCommand::new,
          CompletionCommand::new,
          HistoriesCommand::new,
          surroundings -> new HelpCommand());

  private static final Set<String> SPEAK_OF_ALL = Set.of("completion", "help");

  @Spec private CommandSpec spec;

  private static Object audit(Surroundings surroundings) {
    return new Group(new AuditCommand(surroundings), List.of(new AuditVerifyCommand(surroundings)));
  }

  private static Object migrate(Surroundings surroundings) {
    return new Group(
        new MigrateCommand(),
        List.of(
            new MigratePlanCommand(surroundings),
            new MigrateRunCommand(surroundings),
            new MigrateDowngradeCommand(surroundings),
            new MigrateStatusCommand(surroundings)));
  }

  private static Object backup(Surroundings surroundings) {
    return new Group(
        new BackupCommand(),
        List.of(
            new BackupNowCommand(surroundings),
            new BackupListCommand(surroundings),
            new BackupVerifyCommand(surroundings),
            new BackupDropCommand(surroundings),
            new BackupScheduleCommand(surroundings),
            new BackupRestoreCommand(surroundings)));
  }

  private static Object preview(Surroundings surroundings) {
    return new Group(
        new PreviewCommand(),
        List.of(
            new PreviewListCommand(surroundings),
            new PreviewCreateCommand(surroundings),
            new PreviewDestroyCommand(surroundings),
            new PreviewWhyCommand(surroundings),
            new PreviewSweepCommand(surroundings)));
  }

  private static Object monitor(Surroundings surroundings) {
    return new Group(
        new MonitorCommand(),
        List.of(
            new MonitorStartCommand(surroundings),
            new MonitorStopCommand(surroundings),
            new MonitorStatusCommand(surroundings),
            new MonitorCheckCommand(surroundings),
            new MonitorReportCommand(surroundings)));
  }

  private static Object incident(Surroundings surroundings) {
    return new Group(
        new IncidentCommand(),
        List.of(
            new IncidentListCommand(surroundings),
            new IncidentShowCommand(surroundings),
            new IncidentAckCommand(surroundings),
            new IncidentMuteCommand(surroundings),
            new IncidentCloseCommand(surroundings)));
  }

  /** A command with commands of its own. */
  private record Group(Object command, List<Object> parts) {
    CommandLine line() {
      CommandLine line = new CommandLine(command);
      parts.forEach(line::addSubcommand);
      return line;
    }
  }

  /** Runs one command of this process and ends it with its exit code. */
  public static void main(String[] arguments) {
    Logs.takeInLibraries();
    System.exit(run(Surroundings.ofProcess(), arguments));
  }

  /** Runs one command and answers its exit code. */
  public static int run(Surroundings surroundings, String... arguments) {
    int code = commandLine(surroundings, arguments).execute(arguments);
    return surroundings.out().checkError() ? unwritten(surroundings, code, arguments) : code;
  }

  /** What was done is done, but whoever goes by an exit code of 0 relies on the answer. */
  private static int unwritten(Surroundings surroundings, int code, String... arguments) {
    printer(surroundings, arguments)
        .trouble(
            new Trouble(
                Exit.NOT_SO,
                "Writing the answer",
                "stdout",
                "it could not be written to its end",
                "Look where it goes: a full disk, a closed stream. What the command did is done;"
                    + " `signalbox status` and `signalbox history` show it."));
    return code == Exit.DONE ? Exit.NOT_SO : code;
  }

  private static Printer printer(Surroundings surroundings, String... arguments) {
    boolean json = String.join(" ", arguments).matches("(?s).*--output[ =]json.*");
    return new Printer(surroundings, json ? OutputForm.json : OutputForm.text);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
  }

  private static CommandLine commandLine(Surroundings surroundings, String... arguments) {
    CommandLine line = new CommandLine(new SignalboxCli());
    wanted(surroundings, arguments.length == 0 ? "" : arguments[0])
        .map(command -> command instanceof Group group ? group.line() : command)
        .forEach(line::addSubcommand);
    // Their help option comes from here, so that no command can forget it.
    below(line)
        .filter(command -> !command.getMixins().containsKey("mixinStandardHelpOptions"))
        .filter(command -> !(command.getCommand() instanceof HelpCommand))
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    below(line).map(CommandLine::getCommandSpec).forEach(CommandPages::complete);
    // Words of others come in through the gateway: none of them names a file to read.
    line.setExpandAtFiles(false);
    line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((wrong, given) -> usage(surroundings, wrong, given));
    return line;
  }

  // Reading the annotations of all commands takes longer than most of them do.
  private static Stream<Object> wanted(Surroundings surroundings, String name) {
    List<Object> all = COMMANDS.stream().map(command -> command.apply(surroundings)).toList();
    List<Object> named = all.stream().filter(command -> name(command).equals(name)).toList();
    return named.isEmpty() || SPEAK_OF_ALL.contains(name) ? all.stream() : named.stream();
  }

  private static String name(Object command) {
    Object known = command instanceof Group group ? group.command() : command;
    return known.getClass().getAnnotation(Command.class).name();
  }

  /** Every command below this one, those of groups too. */
  private static Stream<CommandLine> below(CommandLine line) {
    return line.getSubcommands().values().stream()
        .flatMap(command -> Stream.concat(Stream.of(command), below(command)));
  }

  private static int usage(
      Surroundings surroundings, ParameterException wrong, String... arguments) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    List<String> near =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String next =
        (near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ")
            + "`"
            + command
            + " --help` shows what there is.";
    printer(surroundings, arguments)
        .trouble(
            Trouble.usage(
                "Understanding the command",
                String.join(" ", arguments),
                wrong.getMessage().replaceAll("\\.$", ""),
                next));
    return Exit.USAGE;
  }
}
