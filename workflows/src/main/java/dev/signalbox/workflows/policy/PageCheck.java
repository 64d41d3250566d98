package dev.signalbox.workflows.policy;

/**
 * A page that must be as people expect it before a release counts as verified.
 *
 * @param service whose address it is at; null = the last service of the order that has one
 * @param path from the root, with its query
 * @param status that it must answer
 * @param contains text that must stand in it; null = any
 * @param assets whether the style sheets and scripts that it names must load
 */
public record PageCheck(String service, String path, int status, String contains, boolean assets) {}
