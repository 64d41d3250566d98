package dev.signalbox.sandbox.git;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/** Who wrote or made a commit, and when. */
public record Person(String name, String email, Instant at) {

  private static final String NO_REPLY = "@users.noreply.github.com";

  /** A person whose commits GitHub links to the account {@code login}. */
  public static Person withLogin(String login, Instant at) {
    return new Person(login, login + NO_REPLY, at);
  }

  /**
   * The GitHub account of this e-mail address; empty when GitHub would not know it. Only addresses
   * of the form {@code login@users.noreply.github.com} or {@code id+login@…} belong to an account
   * here (source: github/docs, "Email addresses reference").
   */
  public Optional<String> login() {
    if (!email.endsWith(NO_REPLY)) {
      return Optional.empty();
    }
    String local = email.substring(0, email.length() - NO_REPLY.length());
    return Optional.of(local.substring(local.indexOf('+') + 1));
  }

  static Person of(PersonIdent ident) {
    return new Person(ident.getName(), ident.getEmailAddress(), ident.getWhenAsInstant());
  }

  PersonIdent ident() {
    return new PersonIdent(name, email, at, ZoneOffset.UTC);
  }
}
