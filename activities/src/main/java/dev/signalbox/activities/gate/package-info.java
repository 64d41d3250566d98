/**
 * One look at everything that the gates judge by: the careful hands of the other packages, put
 * together.
 */
package dev.signalbox.activities.gate;
