/**
 * The command line: one class per command. A new command is a class here and a line in the list on
 * {@link dev.signalbox.starter.cli.SignalboxCli}. Its shapes are docs/reference/cli.md.
 */
package dev.signalbox.starter.cli;
