/**
 * The repositories behind the sandbox's GitHub: real bare git repositories, read and written by
 * JGit, served over smart HTTP. Nothing here knows pull requests or checks; that is {@code
 * sandbox.github}.
 */
package dev.signalbox.sandbox.git;
