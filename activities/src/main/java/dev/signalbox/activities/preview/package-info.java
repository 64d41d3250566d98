/**
 * What there is of all previews of a project at once: GitHub's pull requests, Railway's
 * environments and the engine's runs side by side. Reads only.
 */
package dev.signalbox.activities.preview;
