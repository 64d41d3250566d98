/**
 * What we ask of GitHub, as activities and their records. Retries are the default; each mutation
 * says its kind.
 */
package dev.signalbox.workflows.github;
