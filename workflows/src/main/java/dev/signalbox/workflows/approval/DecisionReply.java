package dev.signalbox.workflows.approval;

/** The answer to {@code decide}: whether it counted, and a sentence for the person. */
public record DecisionReply(boolean counted, String message) {}
