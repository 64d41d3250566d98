/**
 * Putting a former set back: by hand ({@link dev.signalbox.workflows.rollback.RollbackWorkflow}) or
 * as a deploy's own rescue.
 */
package dev.signalbox.workflows.rollback;
