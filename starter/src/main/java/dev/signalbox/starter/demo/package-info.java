/**
 * The story that {@code signalbox demo} plays: a whole installation on this machine, real in
 * everything but the outside.
 */
package dev.signalbox.starter.demo;
