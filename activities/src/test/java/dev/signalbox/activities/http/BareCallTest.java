package dev.signalbox.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.workflows.effect.FailureType;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityCompletionFailureException;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine's side of a bare step: what happens when it cannot hear that the call will leave. */
class BareCallTest {
  private final List<String> sent = new ArrayList<>();

  @SuppressWarnings("unchecked")
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = answers.get(method.getName());
              if (answer instanceof ActivityCompletionException failure) {
                throw failure;
              }
              return answer;
            });
  }

  private static ActivityExecutionContext context(ActivityCompletionException heard) {
    ActivityInfo info =
        answering(ActivityInfo.class, Map.of("getStartedTimestamp", System.currentTimeMillis()));
    ActivityCompletionClient completion =
        answering(ActivityCompletionClient.class, Map.of("heartbeat", heard));
    WorkflowClient client =
        answering(WorkflowClient.class, Map.of("newActivityCompletionClient", completion));
    return answering(
        ActivityExecutionContext.class,
        Map.of("getInfo", info, "getWorkflowClient", client, "getTaskToken", new byte[0]));
  }

  private FailureType typeWhen(ActivityCompletionException heard) {
    BareCall call = new BareCall(context(heard), Clock.systemUTC());
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                call.send(
                    deadline -> {
                      sent.add("sent");
                      return null;
                    }));
    return FailureType.of(failure.getType());
  }

  @Test
  void doesNotLeaveUnlessTheEngineRecordedThatItWould() {
    assertThat(typeWhen(new ActivityCompletionFailureException(new IllegalStateException("away"))))
        .isEqualTo(FailureType.NOT_SENT);
    assertThat(sent).isEmpty();
  }

  @Test
  void doesNotLeaveAfterACancellation() {
    assertThat(typeWhen(new ActivityCanceledException())).isEqualTo(FailureType.NOT_SENT);
    assertThat(sent).isEmpty();
  }
}
