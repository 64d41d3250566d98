/**
 * What is promoted: the commits, the digest that approvals are bound to, and the steps on the way.
 */
package dev.signalbox.workflows.release;
