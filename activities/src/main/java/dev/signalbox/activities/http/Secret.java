package dev.signalbox.activities.http;

/**
 * A token. Prints as {@code ***}; only {@link JsonHttp} looks inside, and it removes the value from
 * every message.
 */
public record Secret(String value) {
  public Secret {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("secret: want a token, got none");
    }
    // OkHttp names the whole value of a header that it refuses, so such a value must not get there.
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "secret: want visible ASCII without white space; check the end of the line where it is"
              + " set");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
