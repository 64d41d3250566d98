package dev.signalbox.activities.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No class name of Java in what people read. */
class NoAnswerTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new SocketException("Connection reset"), "connection reset"),
        Arguments.of(new SocketException("Broken pipe (Write failed)"), "connection reset"),
        Arguments.of(new InterruptedIOException("timeout"), "no answer in time"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "no answer in time"),
        Arguments.of(new SocketTimeoutException(), "no answer in time"),
        Arguments.of(new ConnectException("Connection timed out"), "no answer in time"),
        Arguments.of(refused(), "connection refused"),
        Arguments.of(new UnknownHostException("api.test: no address"), "unknown host api.test"),
        Arguments.of(new UnknownHostException(), "unknown host"),
        Arguments.of(
            new IOException("unexpected end of stream on http://h/...", new EOFException()),
            "connection closed before the answer"),
        Arguments.of(
            new SSLHandshakeException(
                "PKIX path building failed: sun.security.provider.certpath"
                    + ".SunCertPathBuilderException: unable to find valid certification path"),
            "no trusted connection: PKIX path building failed: unable to find valid certification"
                + " path"),
        Arguments.of(new NoRouteToHostException("No route to host"), "No route to host"),
        Arguments.of(new ProtocolException(), "protocol"),
        Arguments.of(new InterruptedIOException("interrupted"), "interrupted"),
        Arguments.of(new IOException("its own deadline passed"), "its own deadline passed"));
  }

  private static IOException refused() {
    ConnectException refused = new ConnectException("Failed to connect to localhost/127.0.0.1:1");
    refused.initCause(new ConnectException("Connection refused"));
    return refused;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatHappenedOnTheWay(IOException failure, String words) {
    assertThat(NoAnswer.words(failure)).isEqualTo(words);
  }
}
