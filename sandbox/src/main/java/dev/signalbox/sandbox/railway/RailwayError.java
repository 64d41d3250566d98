package dev.signalbox.sandbox.railway;

/** An answer of Railway's that is an error inside HTTP 200; the message is Railway's text. */
public final class RailwayError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  RailwayError(String message) {
    this(message, "INTERNAL_SERVER_ERROR");
  }

  RailwayError(String message, String code) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }

  static RailwayError notAuthorized() {
    return new RailwayError("Not Authorized");
  }

  static RailwayError notFound(String thing) {
    return new RailwayError(thing + " not found");
  }
}
