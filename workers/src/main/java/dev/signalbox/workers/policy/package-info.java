/**
 * Reads {@code signalbox.toml} into the policy records of the workflows. To add a key: read it in
 * the section it belongs to, take it out of {@link dev.signalbox.workers.policy.LaterKeys}, and
 * describe it in docs/reference/configuration.md.
 */
package dev.signalbox.workers.policy;
