/**
 * What {@code signalbox.toml} says, as records. An activity reads it; a client cannot weaken it.
 */
package dev.signalbox.workflows.policy;
