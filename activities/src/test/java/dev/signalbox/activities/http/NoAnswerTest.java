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
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
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
        Arguments.of(
            new SSLPeerUnverifiedException(
                "Hostname api.test not verified:\n    certificate: sha256/AAAA=\n    DN: CN=x\n"
                    + "    subjectAltNames: [other.test, www.other.test]"),
            "no trusted connection: the certificate is for other.test, www.other.test, not for"
                + " api.test"),
        Arguments.of(
            new SSLHandshakeException("PKIX path validation failed") {
              private static final long serialVersionUID = 1L;

              @Override
              public synchronized Throwable getCause() {
                return new CertificateExpiredException("NotAfter: Mon Nov 02 10:00:00 UTC 2026");
              }
            },
            "no trusted connection: the certificate has expired"),
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
