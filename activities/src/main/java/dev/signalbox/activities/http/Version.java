package dev.signalbox.activities.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Signalbox is speaking. */
public final class Version {
  private static final String USER_AGENT = "signalbox/" + read();

  private Version() {}

  /** The {@code User-Agent} of every request of ours. */
  public static String userAgent() {
    return USER_AGENT;
  }

  private static String read() {
    try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties", e);
    }
  }
}
