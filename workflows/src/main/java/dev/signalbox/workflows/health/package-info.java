/** What we ask of the deployed services themselves. */
package dev.signalbox.workflows.health;
