/**
 * What the environment variables say, and the problems that a start can have. A component's
 * settings are a record here, read through {@link dev.signalbox.workers.config.Env}.
 */
package dev.signalbox.workers.config;
