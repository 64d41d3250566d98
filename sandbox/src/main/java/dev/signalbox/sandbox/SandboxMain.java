package dev.signalbox.sandbox;

import picocli.CommandLine;

/** Runs a sandbox by itself; {@code signalbox sandbox} is the same command. */
public final class SandboxMain {
  private SandboxMain() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SandboxCommand()).execute(arguments));
  }
}
