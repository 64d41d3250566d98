/** What happens, in order. No I/O, no clock, no HTTP; one package per topic. */
package dev.signalbox.workflows;
