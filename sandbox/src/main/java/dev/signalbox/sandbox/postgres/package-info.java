/** A PostgreSQL on this machine, for services of the sandbox that keep something. */
package dev.signalbox.sandbox.postgres;
