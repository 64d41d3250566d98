/**
 * News from outside: that something may have changed, never what. A hint leads to a read, and the
 * read decides.
 */
package dev.signalbox.workflows.hint;
