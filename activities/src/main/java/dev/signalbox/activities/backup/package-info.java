/**
 * Dumps of a project's PostgreSQL: taken by its own programs into the archive, proved by restoring
 * them into a scratch database, and restored for whoever wants to try something on a copy.
 */
package dev.signalbox.activities.backup;
