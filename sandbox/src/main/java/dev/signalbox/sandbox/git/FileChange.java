package dev.signalbox.sandbox.git;

import java.util.Optional;

/**
 * What happened to one file between two commits.
 *
 * @param blob the SHA of the content after the change; for a removed file the one before
 * @param status GitHub's word: added, removed, modified, renamed
 * @param previous the old path of a renamed file
 * @param patch the hunks without the file header; empty for binary content
 */
public record FileChange(
    String path,
    String blob,
    String status,
    int additions,
    int deletions,
    Optional<String> previous,
    String patch) {}
