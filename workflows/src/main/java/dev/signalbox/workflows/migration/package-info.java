/** What a release's migrations do to the database, and what the code that runs can bear of it. */
package dev.signalbox.workflows.migration;
