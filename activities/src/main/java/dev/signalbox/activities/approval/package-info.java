/** Who sent a decision: the key and what is signed by it. */
package dev.signalbox.activities.approval;
