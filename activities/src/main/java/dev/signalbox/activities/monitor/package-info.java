/** How services are looked at all day long: {@code Watching} is the rule, the rest its hands. */
package dev.signalbox.activities.monitor;
