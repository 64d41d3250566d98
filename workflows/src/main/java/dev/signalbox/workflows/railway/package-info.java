/**
 * What we ask of Railway, as activities and their records. The two bare ones are never repeated by
 * the engine.
 */
package dev.signalbox.workflows.railway;
