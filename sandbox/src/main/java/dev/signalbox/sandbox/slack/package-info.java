/**
 * A Slack with one workspace: the Web API's methods that an app of ours needs, {@code
 * response_url}s, and the people's side of it, who give commands, press buttons and fill in
 * dialogs. {@code FakeSlack} is the entrance; a further method of the Web API is a line in {@code
 * WebApi}.
 *
 * <p>Sources of shapes, limits and error codes: docs.slack.dev, the pages of each method, "Block
 * Kit", "Handling user interaction", "Implementing slash commands", "Verifying requests from
 * Slack".
 */
package dev.signalbox.sandbox.slack;
