package dev.signalbox.workflows.environment;

/** A merge commit that a promotion made, which stands for its revision wherever it is met. */
public record RecordedMerge(String mergeCommit, String revision) {}
