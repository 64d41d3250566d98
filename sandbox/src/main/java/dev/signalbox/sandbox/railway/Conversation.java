package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Faults;
import graphql.ExecutionResult;
import graphql.parser.InvalidSyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One client's {@code graphql-transport-ws} connection, by that protocol's own description
 * (enisdenjo/graphql-ws, PROTOCOL.md), its close codes included. Queries and mutations may be asked
 * here too.
 */
final class Conversation {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final Platform platform;
  private final Execution execution;
  private final Door door;
  private final Caller caller;
  private final Socket socket;
  private final Map<String, Stream> streams = new ConcurrentHashMap<>();
  private volatile boolean begun;

  Conversation(Platform platform, Execution execution, Door door, Caller caller, Socket socket) {
    this.platform = platform;
    this.execution = execution;
    this.door = door;
    this.caller = caller;
    this.socket = socket;
    platform
        .main()
        .world()
        .later(
            LONGEST_SILENCE,
            () -> {
              if (!begun) {
                socket.close(4408, "Connection initialisation timeout");
              }
            });
  }

  void heard(String text) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      socket.close(4400, "Invalid message received");
      return;
    }
    switch (message.path("type").asText()) {
      case "connection_init" -> init();
      case "ping" -> say("pong", null, null);
      case "pong" -> {}
      case "subscribe" -> subscribe(message.path("id").asText(""), message.path("payload"));
      case "complete" -> stop(message.path("id").asText(""));
      default -> socket.close(4400, "Invalid message received");
    }
  }

  private void init() {
    if (begun) {
      socket.close(4429, "Too many initialisation requests");
    } else {
      begun = true;
      say("connection_ack", null, null);
    }
  }

  private void subscribe(String id, JsonNode payload) {
    if (!begun) {
      socket.close(4401, "Unauthorized");
      return;
    }
    Stream stream = new Stream(id);
    if (id.isEmpty()) {
      socket.close(4400, "Invalid message received");
    } else if (streams.putIfAbsent(id, stream) != null) {
      socket.close(4409, "Subscriber for " + id + " already exists");
    } else {
      ask(id, payload, stream);
    }
  }

  private void ask(String id, JsonNode payload, Stream stream) {
    try {
      Question question = Question.read(payload);
      Calls calls = new Calls(platform, question);
      Optional<Faults.Rule> struck = door.strike(calls.first());
      if (struck.isPresent() && disturb(id, calls, struck.get(), stream)) {
        return;
      }
      if (question.writes()) {
        platform.writeBegins();
      }
      ExecutionResult result =
          execution.run(question, new Asked.Request(caller, platform.states(), calls.byField()));
      door.record(socket.agent(), calls.first(), 200, struck.orElse(null));
      answer(id, result, stream);
    } catch (IllegalArgumentException unreadable) {
      refuse(id, List.of(execution.error("Problem processing request", null)));
    } catch (InvalidSyntaxException wrong) {
      refuse(id, List.of(execution.error(wrong.getMessage(), "GRAPHQL_PARSE_FAILED")));
    }
  }

  /** Gives whether the fault leaves nothing more to do. */
  private boolean disturb(String id, Calls calls, Faults.Rule rule, Stream stream) {
    switch (rule.fault()) {
      case RESET_AFTER -> {
        // The first answer is the last one.
        stream.cutAfterOne = true;
        return false;
      }
      case ERRORS, ERRORS_WITH_DATA -> {
        door.record(socket.agent(), calls.first(), 200, rule);
        String text = rule.message() == null ? "Problem processing request" : rule.message();
        refuse(id, List.of(execution.error(text, "INTERNAL_SERVER_ERROR")));
        return true;
      }
      case HANG -> {
        door.record(socket.agent(), calls.first(), 0, rule);
        return true;
      }
      case LATENCY -> {
        hold(rule.lasting() == null ? Duration.ofSeconds(1) : rule.lasting());
        return false;
      }
      case STALE -> {
        return false;
      }
      default -> {
        door.record(socket.agent(), calls.first(), 0, rule);
        socket.cut();
        return true;
      }
    }
  }

  private static void hold(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String id, ExecutionResult result, Stream stream) {
    Object data = result.getData();
    if (data instanceof Publisher<?> source) {
      follow(source, stream);
    } else if (Execution.documentWrong(result) || (data == null && !result.getErrors().isEmpty())) {
      refuse(id, execution.errors(result));
    } else {
      say("next", id, execution.body(result));
      say("complete", id, null);
      streams.remove(id);
    }
  }

  @SuppressWarnings("unchecked") // a subscription's data is a stream of results
  private static void follow(Publisher<?> source, Stream stream) {
    ((Publisher<ExecutionResult>) source).subscribe(stream);
  }

  private void refuse(String id, List<Map<String, Object>> errors) {
    streams.remove(id);
    say("error", id, errors);
  }

  private void stop(String id) {
    Stream stream = streams.remove(id);
    if (stream != null) {
      stream.stop();
    }
  }

  /** The client is gone. */
  void end() {
    begun = true;
    streams.values().forEach(Stream::stop);
    streams.clear();
  }

  private void say(String type, String id, Object payload) {
    Map<String, Object> message = new LinkedHashMap<>();
    if (id != null) {
      message.put("id", id);
    }
    message.put("type", type);
    if (payload != null) {
      message.put("payload", payload);
    }
    try {
      socket.say(JSON.writeValueAsString(message));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Passes on what comes of one subscription. */
  private final class Stream implements Subscriber<ExecutionResult> {
    private final String id;
    private volatile boolean cutAfterOne;
    private Subscription source;
    private boolean stopped;

    private Stream(String id) {
      this.id = id;
    }

    @Override
    public synchronized void onSubscribe(Subscription subscription) {
      source = subscription;
      if (stopped) {
        source.cancel();
      } else {
        source.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(ExecutionResult result) {
      say("next", id, execution.body(result));
      if (cutAfterOne) {
        socket.cut();
      }
    }

    @Override
    public void onError(Throwable broken) {
      refuse(id, List.of(execution.error("Problem processing request", null)));
    }

    @Override
    public void onComplete() {
      streams.remove(id);
      say("complete", id, null);
    }

    private synchronized void stop() {
      stopped = true;
      if (source != null) {
        source.cancel();
      }
    }
  }
}
