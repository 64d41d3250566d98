package dev.signalbox.sandbox.railway;

/** The one person who has an account at the sandbox's Railway, and their workspace. */
final class Account {
  static final String USER_ID = "user";
  static final String USER = "Sandbox user";
  static final String EMAIL = "sandbox@example.com";
  static final String WORKSPACE_ID = "workspace";
  static final String WORKSPACE = "sandbox";

  private Account() {}
}
