/**
 * Asks, decisions and the rules of who may answer. An approval, a question and a checklist point
 * are all an {@link dev.signalbox.workflows.approval.Ask}.
 */
package dev.signalbox.workflows.approval;
