/** Hands out the policy; who reads the file stands in {@code workers}. */
package dev.signalbox.activities.policy;
