package dev.signalbox.workflows.spoken;

import java.time.Instant;

/**
 * One command as somebody said it at a door.
 *
 * @param message the door's id of it, the same when it comes again
 * @param person as {@code [people]} names whoever said it
 * @param text what follows {@code /signalbox}
 * @param place where it was said and is answered: of a comment the pull request's number
 * @param said when, by the door's clock
 */
public record SpokenWords(
    String project,
    String door,
    String message,
    String person,
    String text,
    String place,
    Instant said) {}
