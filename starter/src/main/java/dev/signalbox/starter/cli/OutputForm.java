package dev.signalbox.starter.cli;

/** How a command prints its answer. Spelled as {@code --output} takes it. */
enum OutputForm {
  text,
  json
}
