package dev.signalbox.sandbox.railway;

/**
 * Where a variable stands.
 *
 * @param serviceId null for the shared ones of the environment
 */
record Scope(String environmentId, String serviceId) {}
