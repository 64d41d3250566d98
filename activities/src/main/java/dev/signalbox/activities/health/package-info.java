/** Asks the deployed services themselves: what they answer is the proof, not what Railway says. */
package dev.signalbox.activities.health;
