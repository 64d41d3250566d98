package dev.signalbox.activities.railway;

/**
 * One line of a build or of a running service.
 *
 * @param timestamp RFC 3339, with nanoseconds
 * @param severity Railway's word; null when there is none
 */
public record RailwayLogLine(String timestamp, String message, String severity) {}
