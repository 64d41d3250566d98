/**
 * One effect for each decision: how a step that nothing protects from happening twice is carried
 * out.
 */
package dev.signalbox.workflows.effect;
