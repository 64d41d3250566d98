package dev.signalbox.workflows.policy;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Reads the policy where the worker keeps it, never from the commit that is promoted. */
@ActivityInterface
public interface PolicyActivities {

  /**
   * The pipeline of one environment as the file says it now.
   *
   * @throws io.temporal.failure.ApplicationFailure type {@code InvalidPolicy}, not retried while
   *     the file is faulty: the message lists every mistake
   */
  @ActivityMethod(name = "ReadPolicy")
  Pipeline read(PolicyQuery query);

  /**
   * What starts promotions of one environment without anybody asking, as the file says it now.
   *
   * @throws io.temporal.failure.ApplicationFailure as {@link #read}
   */
  @ActivityMethod(name = "ReadAuto")
  Auto auto(PolicyQuery query);

  /**
   * What previews are made by, as the file says it now.
   *
   * @throws io.temporal.failure.ApplicationFailure as {@link #read}
   */
  @ActivityMethod(name = "ReadPreviews")
  PreviewSettings previews(ProjectQuery query);

  /**
   * How one environment is monitored, as the file says it now; null = it is not.
   *
   * @throws io.temporal.failure.ApplicationFailure as {@link #read}
   */
  @ActivityMethod(name = "ReadMonitor")
  MonitorPolicy monitor(PolicyQuery query);

  /** A read of what concerns the whole project. */
  record ProjectQuery(String project) {}

  /**
   * @param project the project that the asking run belongs to; another one than the worker's is
   *     refused
   */
  record PolicyQuery(String project, String environment) {}
}
