package dev.signalbox.sandbox;

import java.util.List;

/** A commit: full SHA, whole message, author's name, SHAs of its parents in order. */
public record CommitInfo(String sha, String message, String author, List<String> parents) {}
