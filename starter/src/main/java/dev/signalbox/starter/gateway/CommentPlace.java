package dev.signalbox.starter.gateway;

import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.util.Optional;

/** Below a comment of a pull request. */
final class CommentPlace implements AnswerPlace {
  private static final int LONGEST = 8_000;

  private final CommentBoard board;
  private final PipelineFile pipelines;
  private final Commands commands;

  CommentPlace(CommentBoard board, PipelineFile pipelines, Commands commands) {
    this.board = board;
    this.pipelines = pipelines;
    this.commands = commands;
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
  public int longest() {
    return LONGEST;
  }

  @Override
  public void heard(SpokenWords words) {
    board.seen(comment(words));
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
