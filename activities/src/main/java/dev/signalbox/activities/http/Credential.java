package dev.signalbox.activities.http;

/** The header that says who we are. */
public record Credential(String header, String prefix, Secret secret) {

  public static Credential bearer(Secret secret) {
    return new Credential("Authorization", "Bearer ", secret);
  }

  String headerValue() {
    return prefix + secret.value();
  }
}
