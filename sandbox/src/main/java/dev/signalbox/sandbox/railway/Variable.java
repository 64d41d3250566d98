package dev.signalbox.sandbox.railway;

/**
 * A variable as somebody set it.
 *
 * @param value may refer to others: {@code ${{NAME}}}, {@code ${{shared.NAME}}}, {@code
 *     ${{service.NAME}}}
 * @param sealed reaches processes, and is never read back or copied
 */
record Variable(String value, boolean sealed) {}
