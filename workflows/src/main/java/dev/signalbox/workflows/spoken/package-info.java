/**
 * What people say in comments and in Slack: kept by the engine, carried out and answered by
 * whichever gateway runs. A door that answers later starts one of these.
 */
package dev.signalbox.workflows.spoken;
