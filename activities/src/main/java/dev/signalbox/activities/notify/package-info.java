/**
 * Tells people. A new place is a class that implements {@link
 * dev.signalbox.activities.notify.Notifier} and one line where {@link
 * dev.signalbox.activities.notify.Notifiers} are listed.
 */
package dev.signalbox.activities.notify;
