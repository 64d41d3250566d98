/**
 * GitHub's REST API over the sandbox's one repository. {@code FakeGitHub} is the entrance; each
 * {@code …Routes} class holds the endpoints of one group and is added to the list there.
 *
 * <p>Sources of all shapes, statuses and texts: GitHub's REST API description for the versions
 * 2022-11-28 and 2026-03-10, and the pages "Rate limits for the REST API" and "Using pagination in
 * the REST API".
 */
package dev.signalbox.sandbox.github;
