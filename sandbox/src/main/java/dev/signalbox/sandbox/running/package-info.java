/**
 * What the sandbox's Railway deploys: small HTTP services on loopback that behave as the commit's
 * own {@code sandbox.toml} says, and the steady address in front of each.
 */
package dev.signalbox.sandbox.running;
