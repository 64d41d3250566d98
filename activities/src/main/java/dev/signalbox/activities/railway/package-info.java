/**
 * Railway's public GraphQL API: one {@code .graphql} resource and one method of {@link
 * dev.signalbox.activities.railway.RailwayClient} for each operation. A new one is a resource of
 * the operation's name, and that method; a test holds every resource against Railway's schema.
 */
package dev.signalbox.activities.railway;
