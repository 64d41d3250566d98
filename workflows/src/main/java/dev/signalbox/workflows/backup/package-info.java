/** Backups of a project's databases: how they are taken, proved and kept. */
package dev.signalbox.workflows.backup;
