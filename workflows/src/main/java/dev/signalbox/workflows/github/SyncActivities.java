package dev.signalbox.workflows.github;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Two branches at GitHub between which releases go, brought level again after one. */
@ActivityInterface(namePrefix = "GitHub")
public interface SyncActivities {

  /**
   * Moves the source branch forward to the head of the released branch where that takes nothing
   * away, else opens a pull request that brings the one into the other; never by force. Guarded
   * (GitHub refuses what is no fast-forward, and a second pull request for the pair) and marked
   * (the pull request is found again by its marker, also when somebody has closed it): each attempt
   * reads first how the two stand, so that twice is once. What GitHub refuses for good is an answer
   * that says what a person is to do.
   */
  @ActivityMethod
  LevelReport bringLevel(LevelOrder order);
}
