/** What the ledger must know about other runs, asked of the engine. */
package dev.signalbox.activities.environment;
