package dev.signalbox.starter.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes our commands, options and environments. */
@Command(
    name = "completion",
    description = "Print the script that completes commands in a shell; it is loaded by `source`.")
final class CompletionCommand extends SignalboxCommand {
  /** Reads the names of environments as the file has them; it says nothing where there is none. */
  private static final String ENVIRONMENTS =
      """
      # Names of the environments in the signalbox.toml of this directory (or SIGNALBOX_CONFIG).
      function _signalbox_environments() {
        local file="${SIGNALBOX_CONFIG:-signalbox.toml}"
        [ -r "$file" ] || return 0
        sed -n 's/^[[:space:]]*\\[[[:space:]]*environments[[:space:]]*\\.[[:space:]]*"\\{0,1\\}\\([A-Za-z0-9_-]*\\)"\\{0,1\\}[[:space:]]*\\].*/\\1/p' "$file"
      }

      """;

  /** The shells that can load it. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(index = "0", paramLabel = "bash|zsh", description = "The shell.")
  Shell shell;

  @Spec CommandSpec spec;

  CompletionCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run() {
    CommandLine all = spec.parent().commandLine();
    String script =
        AutoComplete.bash("signalbox", all)
            .replace("(\"" + EnvironmentNames.PLACEHOLDER + "\")", "($(_signalbox_environments))");
    int body = script.indexOf('\n') + 1;
    // The generated script loads zsh's bash completion by itself.
    surroundings.out().print(script.substring(0, body) + ENVIRONMENTS + script.substring(body));
    return Exit.DONE;
  }
}
