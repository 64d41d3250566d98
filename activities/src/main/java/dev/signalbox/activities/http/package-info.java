/**
 * How JSON travels to the outside systems, and what their statuses mean.
 *
 * <p>Clients are built on {@link dev.signalbox.activities.http.JsonHttp} and throw {@link
 * dev.signalbox.activities.http.ApiException}; {@link dev.signalbox.activities.http.Failures} turns
 * that into what workflows judge by. Nothing else here knows Temporal.
 */
package dev.signalbox.activities.http;
