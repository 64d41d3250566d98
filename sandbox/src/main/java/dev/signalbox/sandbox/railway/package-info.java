/**
 * Railway's public API, executed on Railway's own schema: state, the life of a deployment, and the
 * answers' shapes. A further operation is one more entry in {@link
 * dev.signalbox.sandbox.railway.RailwayOperations}.
 */
package dev.signalbox.sandbox.railway;
