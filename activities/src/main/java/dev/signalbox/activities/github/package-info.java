/**
 * GitHub's REST API: paths and bodies in {@link dev.signalbox.activities.github.GitHubApi}, one
 * method for each endpoint; what we make of them in {@link
 * dev.signalbox.activities.github.GitHubClient}. Pinned to API version 2022-11-28, and without what
 * 2026-03-10 removed ({@code merge_commit_sha}).
 */
package dev.signalbox.activities.github;
