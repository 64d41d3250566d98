package dev.signalbox.workflows.policy;

/**
 * Where a service's version stands in the repository, for applications that show a version of their
 * own and no commit.
 *
 * @param file path in the repository, at the promoted commit
 * @param pattern regular expression with exactly one group: the version is what it captures
 */
public record VersionFile(String file, String pattern) {}
