/**
 * The platform's part of a promotion: last good set, backup and migration, deploy, verify, soak.
 */
package dev.signalbox.workflows.deploy;
