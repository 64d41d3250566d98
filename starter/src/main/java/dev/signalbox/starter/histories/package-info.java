/**
 * Records one history of each branch of each workflow, for the replay test of every build. To add
 * one: a line in {@link dev.signalbox.starter.histories.Scenarios}.
 */
package dev.signalbox.starter.histories;
