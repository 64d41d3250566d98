/** What people are told, and where. A failing notice never stops a workflow. */
package dev.signalbox.workflows.notify;
