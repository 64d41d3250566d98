package dev.signalbox.activities.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * Lets every body be sent once and no more.
 *
 * <p>{@code retryOnConnectionFailure(false)} does not suffice: OkHttp 4.12 repeats any request,
 * also a POST, after a 503 with {@code Retry-After: 0} and after 307 and 308, unless its body says
 * that it can be sent once only ({@code RetryAndFollowUpInterceptor}).
 */
final class SingleUse implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    return body == null || body.isOneShot()
        ? chain.proceed(request)
        : chain.proceed(request.newBuilder().method(request.method(), new Body(body)).build());
  }

  private static final class Body extends RequestBody {
    private final RequestBody body;

    Body(RequestBody body) {
      this.body = body;
    }

    @Override
    public MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }

    @Override
    public boolean isOneShot() {
      return true;
    }
  }
}
