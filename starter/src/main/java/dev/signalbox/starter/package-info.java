/** Who asks for it: the typed client, the engines it can find or start, and the command line. */
package dev.signalbox.starter;
