/** How activities wait: by a clock that tests can move, and never silent for long. */
package dev.signalbox.activities.pace;
