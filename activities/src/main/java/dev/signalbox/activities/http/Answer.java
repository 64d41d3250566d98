package dev.signalbox.activities.http;

import okhttp3.Headers;

/**
 * What came back, whatever its status.
 *
 * @param tried the operation in words, for the message of a failure
 * @param method HTTP method of the request that was answered
 * @param url its address
 * @param text the body; empty when there was none
 */
public record Answer(
    String tried, String method, String url, int status, Headers headers, String text) {

  public boolean ok() {
    return status >= 200 && status < 300;
  }
}
