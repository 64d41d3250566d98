package dev.signalbox.activities.health;

import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.activities.http.NoAnswer;
import dev.signalbox.activities.http.OutOfReachException;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.http.Version;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * One request as a stranger makes it who comes for the first time: on a connection of its own,
 * which nobody shares and nobody keeps, because one that was opened earlier may still lead to the
 * release before; past caches; without redirects.
 */
final class Visit {
  /**
   * A certificate that is resumed is not looked at again: one that ran out would be good for long.
   */
  private static final int LONGEST_SESSION_SECONDS = 600;

  /** The whole exchange, an answer that trickles included, ends by its time-out. */
  private final OkHttpClient client;

  /**
   * @param reach which addresses it may come to
   */
  Visit(Reach reach) {
    this(reach, (KeyStore) null);
  }

  /**
   * @param trusted whose certificates are good; null = those that Java trusts
   */
  Visit(Reach reach, KeyStore trusted) {
    X509TrustManager trust = trust(trusted);
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            // A proxy would connect where we cannot see it.
            .proxy(Proxy.NO_PROXY)
            .socketFactory(reach.sockets())
            .sslSocketFactory(tls(trust).getSocketFactory(), trust)
            .build();
  }

  private static X509TrustManager trust(KeyStore trusted) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException noTls) {
      throw new IllegalStateException("this Java knows no trusted certificates", noTls);
    }
  }

  private static SSLContext tls(X509TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      context.getClientSessionContext().setSessionTimeout(LONGEST_SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException noTls) {
      throw new IllegalStateException("this Java has no TLS", noTls);
    }
  }

  /**
   * What came.
   *
   * @param url that answered
   * @param cut whether the body is longer than what is here
   * @param certificateEnds until when the other side's certificate is valid; null = without TLS
   */
  record Answer(
      HttpUrl url,
      int status,
      Headers headers,
      MediaType type,
      String body,
      boolean cut,
      Instant certificateEnds) {

    /** Where it sends us; null = nowhere, or to no web address. */
    HttpUrl movedTo() {
      String location = status >= 300 && status < 400 ? headers.get("Location") : null;
      return location == null ? null : url.resolve(location);
    }
  }

  /**
   * @param most characters of the body that are read; what follows is left where it is
   * @throws IOException no answer: {@link #nothing} makes a finding of it
   */
  Answer get(HttpUrl url, String accept, Duration timeout, int most) throws IOException {
    OkHttpClient single =
        client
            .newBuilder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .callTimeout(timeout)
            .eventListener(new LettingGo())
            .build();
    Request request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", Version.userAgent())
            .header("Accept", accept)
            .header("Cache-Control", "no-cache")
            .build();
    Call call = single.newCall(request);
    try (Response response = call.execute()) {
      ResponseBody whole = response.body();
      ResponseBody begin = response.peekBody(most + 1L);
      boolean cut = begin.contentLength() > most;
      if (cut) {
        // What is left would be read on for a while, to keep a connection that nobody keeps.
        call.cancel();
      }
      return new Answer(
          url,
          response.code(),
          response.headers(),
          whole == null ? null : whole.contentType(),
          begin.string(),
          cut,
          certificateEnds(response.handshake()));
    }
  }

  /**
   * Lets go of a connection as soon as its answer is there. Java's TLS would wait for the other
   * side to close its half too, for as long as a read may take; some servers do not.
   */
  private static final class LettingGo extends EventListener {
    private static final int AT_ONCE_MILLIS = 1;

    private volatile Socket socket;

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      socket = connection.socket();
    }

    @Override
    public void responseBodyEnd(Call call, long bytes) {
      try {
        socket.setSoTimeout(AT_ONCE_MILLIS);
      } catch (SocketException closed) {
        // Then nobody waits.
      }
    }
  }

  private static Instant certificateEnds(Handshake handshake) {
    return handshake != null
            && !handshake.peerCertificates().isEmpty()
            && handshake.peerCertificates().get(0) instanceof X509Certificate own
        ? own.getNotAfter().toInstant()
        : null;
  }

  /** What it says of the service that there was no answer. */
  static Finding nothing(HttpUrl url, IOException why) {
    return new Finding(
        why instanceof OutOfReachException ? Reading.INCONCLUSIVE : Reading.ERROR, words(url, why));
  }

  /** Why there was no answer, in words. */
  private static String words(HttpUrl url, IOException why) {
    return Quotes.of(url.encodedPath() + ": " + ForeignText.ofAnswer(NoAnswer.words(why)));
  }
}
