package dev.signalbox.sandbox.github;

import io.javalin.http.Context;
import java.util.Optional;

/** Where the caller believes the API to be. */
final class Bases {

  /** GitHub Enterprise Server's prefix; api.github.com has none. Both are served. */
  static final String PREFIX = "/api/v3";

  private Bases() {}

  static String of(Context ctx) {
    String scheme = Optional.ofNullable(ctx.header("X-Forwarded-Proto")).orElse(ctx.scheme());
    String host = Optional.ofNullable(ctx.header("Host")).orElse(ctx.host());
    return scheme + "://" + host + (prefixed(ctx) ? PREFIX : "");
  }

  /** The path below the prefix, still percent-encoded: a branch may hold an encoded slash. */
  static String path(Context ctx) {
    String whole = ctx.req().getRequestURI();
    return prefixed(ctx) ? whole.substring(PREFIX.length()) : whole;
  }

  private static boolean prefixed(Context ctx) {
    String whole = ctx.req().getRequestURI();
    return whole.equals(PREFIX) || whole.startsWith(PREFIX + "/");
  }
}
