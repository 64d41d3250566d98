package dev.signalbox.starter.gateway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Below a comment of a pull request. */
final class CommentPlace implements AnswerPlace {
  private static final int LONGEST = 8_000;

  /** GitHub may not show everywhere yet what it has just told of. */
  private static final Duration SHOWN = Duration.ofSeconds(10);

  private final CommentBoard board;
  private final PipelineFile pipelines;
  private final Commands commands;
  private final Clock clock;

  CommentPlace(CommentBoard board, PipelineFile pipelines, Commands commands, Clock clock) {
    this.board = board;
    this.pipelines = pipelines;
    this.commands = commands;
    this.clock = clock;
  }

  /** The promotion of the pull request's commit, else the environment that it leads to. */
  @Override
  public Optional<String> atHand(SpokenWords words) {
    CommentBoard.Place place = board.place(pull(words));
    return commands
        .promotionOf(place.head())
        .or(
            () ->
                pipelines.environments().stream()
                    .filter(name -> pipelines.pipeline(name).promotedFrom().isPresent())
                    .filter(
                        name ->
                            pipelines.pipeline(name).environment().branch().equals(place.base()))
                    .findFirst());
  }

  @Override
  public Optional<String> on(SpokenWords words) {
    return Optional.of("pr-" + pull(words));
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  @Override
  public Optional<String> takenBack(SpokenWords words) {
    try {
      String now = Digest.sha256(board.text(comment(words)));
      return now.equals(words.whole())
          ? Optional.empty()
          : Optional.of("the comment was edited since");
    } catch (ApiException failure) {
      if (!failure.is(ApiException.Kind.NOT_FOUND)) {
        throw failure;
      }
      if (words.said().plus(SHOWN).isAfter(clock.instant())) {
        throw ApiException.unavailable(failure.getMessage());
      }
      return Optional.of("the comment was deleted since");
    }
  }

  /** Where the comment is still there. */
  @Override
  public void heard(SpokenWords words) {
    try {
      board.seen(comment(words));
    } catch (ApiException failure) {
      if (!failure.is(ApiException.Kind.NOT_FOUND)) {
        throw failure;
      }
    }
  }

  @Override
  public void answer(SpokenWords words, String text) {
    board.answer(pull(words), comment(words), words.person(), text);
  }

  private static int pull(SpokenWords words) {
    return Integer.parseInt(words.place());
  }

  private static long comment(SpokenWords words) {
    return Long.parseLong(words.message());
  }
}
