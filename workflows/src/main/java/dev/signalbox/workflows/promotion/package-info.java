/** One journey of one release set into one environment. */
package dev.signalbox.workflows.promotion;
