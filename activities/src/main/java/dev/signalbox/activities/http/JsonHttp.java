package dev.signalbox.activities.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.effect.TokenAdvice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * JSON over HTTP to one outside system. Alone sets time-outs, User-Agent and authorization, and
 * turns statuses into meaning.
 *
 * <p>Redirects are not followed: a token must not travel to where an answer points. Every body is
 * sent at most once ({@link SingleUse}).
 */
public final class JsonHttp {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(10);
  private static final int LONGEST_QUOTE = 400;
  private static final String RIGHTS = "docs/operating/tokens.md";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String system;
  private final String variable;
  private final Clock clock;
  private final OkHttpClient client;
  private final List<Secret> secrets;
  private OkHttpClient sockets;

  /**
   * @param system its name in messages: Railway, GitHub
   * @param secrets whose values must not appear in any message
   */
  public JsonHttp(String system, Clock clock, List<Secret> secrets) {
    this(system, null, clock, secrets);
  }

  /**
   * @param system its name in messages: Railway, GitHub
   * @param variable that the worker reads the token from; null = none is known
   * @param secrets whose values must not appear in any message
   */
  public JsonHttp(String system, String variable, Clock clock, List<Secret> secrets) {
    this.system = system;
    this.variable = variable;
    this.clock = clock;
    this.secrets = List.copyOf(secrets);
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(ActivityProfiles.QUICK_CALL)
            .writeTimeout(ActivityProfiles.QUICK_CALL)
            .callTimeout(ActivityProfiles.QUICK_CALL)
            .followRedirects(false)
            .followSslRedirects(false)
            .eventListenerFactory(Departure::listen)
            .addInterceptor(new SingleUse())
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("User-Agent", Version.userAgent())
                            .build()))
            .addNetworkInterceptor(Departure.gate(clock))
            .build();
  }

  /** Made when the first one is opened: most commands open none. */
  private synchronized OkHttpClient sockets() {
    if (sockets == null) {
      sockets =
          client
              .newBuilder()
              .retryOnConnectionFailure(false)
              .pingInterval(BETWEEN_PINGS)
              .dispatcher(new Dispatcher(Executors.newCachedThreadPool(JsonHttp::daemon)))
              .build();
    }
    return sockets;
  }

  /** A listener that is still there must not keep the program from ending. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "signalbox-socket");
    thread.setDaemon(true);
    return thread;
  }

  /** The mapper for everything that other systems answer: unknown fields are no mistake. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The client for a typed interface; authorization is asked for anew with each request. */
  public OkHttpClient client(Supplier<Credential> credential) {
    return client
        .newBuilder()
        .addInterceptor(
            chain -> {
              Credential now = credential.get();
              return chain.proceed(
                  chain.request().newBuilder().header(now.header(), now.headerValue()).build());
            })
        .build();
  }

  /** The client for an address that must not see the token. */
  public OkHttpClient client() {
    return client;
  }

  /**
   * Posts once and returns what came back, whatever its status.
   *
   * @param tried the operation in words, for messages
   * @throws ApiException {@code NOT_SENT} or {@code UNAVAILABLE}
   */
  public Answer post(String tried, URI uri, JsonNode body, Credential credential) {
    return exchange(tried, request(uri, body, credential), client, new Departure(null));
  }

  /**
   * As {@link #post}, for a call that nothing protects from happening twice: on a connection of its
   * own, so that a stale one is not mistaken for a lost answer, and over by {@code deadline}.
   *
   * @throws ApiException {@code NOT_SENT} when the deadline came first; else as {@link #post}
   */
  public Answer postOnce(
      String tried, URI uri, JsonNode body, Credential credential, Instant deadline) {
    Request request = request(uri, body, credential);
    Duration remaining = Duration.between(clock.instant(), deadline);
    if (remaining.isNegative() || remaining.isZero()) {
      throw failed(
          tried,
          request,
          new IOException("its own deadline passed before it was sent"),
          new Departure(deadline));
    }
    OkHttpClient single =
        client
            .newBuilder()
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .callTimeout(remaining)
            .readTimeout(remaining)
            .writeTimeout(remaining)
            .build();
    return exchange(tried, request, single, new Departure(deadline));
  }

  /**
   * Opens a web-socket, with the token in the header where every request carries it. Nothing is
   * tried again by itself, and one that does not answer for two pings has failed.
   *
   * @param protocol that both sides must speak
   * @param listener is called on a thread of the socket's own
   */
  public WebSocket socket(
      URI uri, String protocol, Credential credential, WebSocketListener listener) {
    Request request =
        new Request.Builder()
            .url(uri.toString().replaceFirst("^http", "ws"))
            .header(credential.header(), credential.headerValue())
            .header("Sec-WebSocket-Protocol", protocol)
            .build();
    return sockets().newWebSocket(request, listener);
  }

  private static Request request(URI uri, JsonNode body, Credential credential) {
    return new Request.Builder()
        .url(HttpUrl.get(uri.toString()))
        .header(credential.header(), credential.headerValue())
        .header("Accept", "application/json")
        .post(RequestBody.create(body.toString(), JSON))
        .build();
  }

  private Answer exchange(String tried, Request request, OkHttpClient with, Departure departure) {
    Request tagged = request.newBuilder().tag(Departure.class, departure).build();
    try (Response response = with.newCall(tagged).execute()) {
      String text = response.body() == null ? "" : response.body().string();
      return new Answer(
          tried,
          request.method(),
          request.url().toString(),
          response.code(),
          response.headers(),
          text);
    } catch (IOException e) {
      throw failed(tried, request, e, departure);
    }
  }

  /** No answer came. */
  public ApiException failed(String tried, Request request, IOException cause) {
    Departure departure = request.tag(Departure.class);
    return failed(tried, request, cause, departure);
  }

  private ApiException failed(
      String tried, Request request, IOException cause, Departure departure) {
    boolean left = departure == null || departure.left();
    String what = where(tried, request.method(), request.url().toString());
    String next =
        left
            ? "check that " + system + " is up"
            : "nothing was sent; check the address and the network, it is tried again by itself";
    return new ApiException(
        left ? ApiException.Kind.UNAVAILABLE : ApiException.Kind.NOT_SENT,
        tried,
        request.url().uri(),
        0,
        null,
        null,
        clean(what + " got no answer: " + NoAnswer.words(cause) + "; " + next),
        harmless(cause));
  }

  /** What a status other than 2xx means, for every system alike. */
  public ApiException refused(Answer answer) {
    String said = quote(answer.text());
    Duration delay = RateLimits.delay(answer, clock.instant());
    if (delay != null) {
      return exception(
          ApiException.Kind.RATE_LIMITED, answer, said, "wait " + delay.toSeconds() + " s", delay);
    }
    if (answer.status() == 404) {
      return exception(
          ApiException.Kind.NOT_FOUND,
          answer,
          said,
          "check the name, and that the token may see it",
          null);
    }
    if (answer.status() == 401 || answer.status() == 403) {
      return exception(
          ApiException.Kind.REJECTED, answer, said, tokenAdvice(answer.status()), null);
    }
    if (answer.status() >= 300 && answer.status() < 400) {
      String to = answer.headers().get("Location");
      return exception(
          ApiException.Kind.REJECTED,
          answer,
          said + " (moved to " + (to == null ? "nowhere" : ForeignText.ofAnswer(to)) + ")",
          "set the new address or name in the configuration",
          null);
    }
    if (answer.status() >= 400 && answer.status() < 500 && answer.status() != 408) {
      return exception(
          ApiException.Kind.REJECTED, answer, said, "change what the message names", null);
    }
    return exception(
        ApiException.Kind.UNAVAILABLE, answer, said, "wait until " + system + " is well", null);
  }

  private String tokenAdvice(int status) {
    return variable == null
        ? "check the token and its rights"
        : TokenAdvice.set(
            variable, status == 401 ? "" : " that has the rights for this (" + RIGHTS + ")");
  }

  /** A failure that a client found in an answer by itself. */
  public ApiException exception(
      ApiException.Kind kind, Answer answer, String said, String next, Duration delay) {
    String what = where(answer.tried(), answer.method(), answer.url());
    return new ApiException(
        kind,
        answer.tried(),
        URI.create(answer.url()),
        answer.status(),
        answer.headers().toMultimap(),
        delay,
        clean(what + " answered " + answer.status() + ": " + said + "; next: " + next),
        null);
  }

  private String where(String tried, String method, String url) {
    return system + ": " + tried + " (" + method + " " + url + ")";
  }

  /**
   * The server's own words: its message with the messages below it, else the begin of the text.
   * Without our token, which some servers repeat.
   */
  public String quote(String text) {
    String said = text.strip();
    try {
      JsonNode body = MAPPER.readTree(text);
      List<String> words = new ArrayList<>();
      addText(words, body.path("message"));
      for (JsonNode error : body.path("errors")) {
        addText(words, error.isTextual() ? error : error.path("message"));
      }
      if (!words.isEmpty()) {
        said = String.join("; ", words);
      }
    } catch (JsonProcessingException notJson) {
      said = said.replaceAll("<[^>]*>", " ");
    }
    // Before it is cut: the first half of a token would be known by nobody as one.
    said = ForeignText.ofAnswer(clean(said));
    if (said.isEmpty()) {
      return "(empty)";
    }
    return Excerpt.begin(said, LONGEST_QUOTE);
  }

  private static void addText(List<String> words, JsonNode node) {
    if (node.isTextual() && !node.asText().isBlank()) {
      words.add(node.asText());
    }
  }

  /**
   * A cause goes into the history too, with all that it says; its own words may quote an answer.
   */
  private Throwable harmless(IOException cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    return clean(trace.toString()).equals(trace.toString())
        ? cause
        : new IOException(clean(cause.toString()));
  }

  private String clean(String message) {
    String cleaned = message;
    for (Secret secret : secrets) {
      cleaned = cleaned.replace(secret.value(), secret.toString());
    }
    return cleaned;
  }

  /** Headers of an answer that has none. */
  public static Headers noHeaders() {
    return Headers.of();
  }
}
