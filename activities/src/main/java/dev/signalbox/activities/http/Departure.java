package dev.signalbox.activities.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Whether a request has left this machine, and until when it may: travels with the request as its
 * tag.
 *
 * <p>Refused connections, names that do not resolve and failed TLS handshakes all end before the
 * first byte of the request; only what happens after it leaves a mutation's outcome open.
 */
final class Departure {
  private final Instant latest;
  private volatile boolean left;

  /**
   * @param latest after this nothing is sent any more; null = no limit
   */
  Departure(Instant latest) {
    this.latest = latest;
  }

  boolean left() {
    return left;
  }

  /** Marks the departure of a tagged call. */
  static EventListener listen(Call call) {
    Departure departure = call.request().tag(Departure.class);
    if (departure == null) {
      return EventListener.NONE;
    }
    return new EventListener() {
      @Override
      public void requestHeadersStart(Call started) {
        departure.left = true;
      }
    };
  }

  /**
   * The last look at the clock, with the connection already open: a machine that slept in between
   * must not send now.
   */
  static Interceptor gate(Clock clock) {
    return chain -> pass(chain, clock);
  }

  private static Response pass(Interceptor.Chain chain, Clock clock) throws IOException {
    Departure departure = chain.request().tag(Departure.class);
    if (departure != null
        && departure.latest != null
        && !clock.instant().isBefore(departure.latest)) {
      throw new IOException("its own deadline passed before it was sent");
    }
    return chain.proceed(chain.request());
  }
}
