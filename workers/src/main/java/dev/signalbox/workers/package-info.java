/** See the module's description in its pom. */
package dev.signalbox.workers;
