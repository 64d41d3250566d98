package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerTraceTest {
  @Test
  void saysTheFirstMessageAndWhatItCameFrom() {
    String trace =
        """
        io.temporal.internal.statemachines.InternalWorkflowTaskException: Failure handling event 4
        \tat io.temporal.internal.statemachines.WorkflowStateMachines.handleEvent(It.java:325)
        Caused by: java.lang.RuntimeException: WorkflowTask: failure executing
        \t... 13 more
        Caused by: io.temporal.internal.sync.PotentialDeadlockException: [TMPRL1101] Potential deadlock

        workflow-root
        \tat app//com.fasterxml.jackson.databind.util.ClassUtil.isEnumType(ClassUtil.java:1052)
        """;

    assertThat(WorkerTrace.words(trace))
        .isEqualTo("Failure handling event 4, because of: [TMPRL1101] Potential deadlock");
  }

  @Test
  void namesAnExceptionThatSaysNothing() {
    assertThat(
            WorkerTrace.words("java.lang.NullPointerException\n\tat dev.signalbox.X.y(X.java:1)"))
        .isEqualTo("NullPointerException");
  }

  @Test
  void leavesASentenceAsItIs() {
    assertThat(WorkerTrace.words("the run is closed: ask another")).endsWith("closed: ask another");
  }

  @Test
  void saysThatNothingWasSaid() {
    assertThat(WorkerTrace.words(null)).isEqualTo("it did not say why");
  }
}
