/**
 * An environment for as long as a pull request is open: made from a base environment, brought to
 * the pull request's newest commit, verified, told of in one comment, and removed.
 */
package dev.signalbox.workflows.preview;
