/**
 * The ledger of one environment: what runs, who holds it, the queue, quarantine and history. The
 * only door to production.
 */
package dev.signalbox.workflows.environment;
