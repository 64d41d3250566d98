package dev.signalbox.workflows.preview;

/**
 * What a sweep saw of one preview.
 *
 * @param environmentId the one that there is; null = none
 * @param lost the one that Railway does not list any more; null = none
 */
public record Sighting(String environmentId, String lost) {}
