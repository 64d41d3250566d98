package dev.signalbox.workflows.gate;

import java.time.Instant;

/**
 * For whom and when the gates are judged.
 *
 * @param run id of the run that wants to pass; null = none does, somebody only asks
 * @param requester who asked for it, as the file calls them; null = not known
 * @param automatic whether nobody asked: a push or a tag did
 * @param at workflow time
 */
public record Occasion(String run, String requester, boolean automatic, Instant at) {}
