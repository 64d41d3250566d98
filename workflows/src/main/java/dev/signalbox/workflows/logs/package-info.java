/** What deployments write: read by a worker for the command {@code logs}. */
package dev.signalbox.workflows.logs;
