/**
 * A Railway, a GitHub and the services between them that run on this machine over real HTTP, with
 * faults on request. It knows nothing of the rest of Signalbox: {@link
 * dev.signalbox.sandbox.Sandbox} starts it, {@link dev.signalbox.sandbox.Door} is where every call
 * from outside is journaled and may be disturbed.
 */
package dev.signalbox.sandbox;
