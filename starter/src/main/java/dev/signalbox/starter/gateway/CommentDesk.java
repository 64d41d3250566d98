package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import dev.signalbox.starter.gateway.Commands.Said;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.policy.Person;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands in the comments of a pull request: {@code /signalbox why}. Counted is what a person of
 * {@code [people]} wrote, as it was written first; edits, apps and strangers say nothing here.
 */
final class CommentDesk {
  private static final Pattern COMMAND = Pattern.compile("\\A\\s*/signalbox(?![A-Za-z0-9_-])(.*)");
  private static final int REMEMBERED = 1000;

  private static final Logger log = LoggerFactory.getLogger(CommentDesk.class);

  private final CommentBoard board;
  private final PipelineFile pipelines;
  private final Commands commands;
  private final Verdicts verdicts;
  private final Optional<Secret> key;
  private final ExecutorService work;
  private final Set<Long> taken =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  CommentDesk(
      CommentBoard board,
      PipelineFile pipelines,
      Commands commands,
      Verdicts verdicts,
      Optional<Secret> key,
      ExecutorService work) {
    this.board = board;
    this.pipelines = pipelines;
    this.commands = commands;
    this.verdicts = verdicts;
    this.key = key;
    this.work = work;
  }

  /** What became of a comment. */
  enum Outcome {
    /** It is no command of anybody who may say one. */
    IGNORED,
    TAKEN,
    /** It is to be sent again. */
    UNAVAILABLE
  }

  /** One command of one comment. */
  private record Spoken(int pull, long comment, String text) {}

  /**
   * Takes a comment. A decision is with the engine when this returns; everything else is carried
   * out afterwards.
   */
  Outcome take(GitHubPayload payload) {
    Optional<Spoken> spoken = spoken(payload);
    if (spoken.isEmpty() || !byAPerson(payload)) {
      return Outcome.IGNORED;
    }
    Spoken said = spoken.get();
    synchronized (taken) {
      if (!taken.add(said.comment())) {
        return Outcome.TAKEN;
      }
    }
    Optional<Person> author = author(payload.comment().path("user"));
    if (author.isEmpty()) {
      return later(said, () -> board.refused(said.comment()));
    }
    return decides(said)
        ? now(said, author.get())
        : later(said, () -> carryOut(said, author.get()));
  }

  private static Optional<Spoken> spoken(GitHubPayload payload) {
    JsonNode comment = payload.comment();
    Matcher command = COMMAND.matcher(comment.path("body").asText(""));
    return payload.action().asText("").equals("created")
            && payload.issue().path("pull_request").isObject()
            && comment.path("id").isIntegralNumber()
            && command.find()
        ? Optional.of(
            new Spoken(
                payload.issue().path("number").asInt(),
                comment.path("id").asLong(),
                command.group(1)))
        : Optional.empty();
  }

  private static boolean byAPerson(GitHubPayload payload) {
    JsonNode user = payload.comment().path("user");
    JsonNode app = payload.comment().path("performed_via_github_app");
    return user.path("type").asText("").equals("User")
        && user.path("id").asLong() == payload.sender().path("id").asLong(-1)
        && (app.isMissingNode() || app.isNull());
  }

  /** By the account alone: a name or an address in the file is no identity at GitHub. */
  private Optional<Person> author(JsonNode user) {
    return pipelines.pipeline(pipelines.environments().get(0)).people().stream()
        .filter(
            person -> person.hasAccount(user.path("login").asText(""), user.path("id").asLong(-1)))
        .findFirst();
  }

  private static boolean decides(Spoken said) {
    Parsed parsed = ChatGrammar.parse(said.text(), Optional.of("any"), "");
    return parsed.words() != null && parsed.personal();
  }

  private Outcome later(Spoken said, Runnable deed) {
    try {
      work.execute(() -> quietly(said, deed));
      return Outcome.TAKEN;
    } catch (RejectedExecutionException tooMuch) {
      return forgotten(said);
    }
  }

  private void quietly(Spoken said, Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException failure) {
      log.warn("comment not answered comment={}: {}", said.comment(), failure.toString());
    }
  }

  /** It may come again. */
  private Outcome forgotten(Spoken said) {
    synchronized (taken) {
      taken.remove(said.comment());
    }
    return Outcome.UNAVAILABLE;
  }

  private Outcome now(Spoken said, Person author) {
    try {
      return carryOut(said, author) ? Outcome.TAKEN : forgotten(said);
    } catch (ApiException away) {
      log.warn("decision not taken comment={}: {}", said.comment(), away.getMessage());
      return forgotten(said);
    }
  }

  /** False when who had to be reached was not. */
  private boolean carryOut(Spoken said, Person author) {
    if (board.answered(said.pull(), said.comment())) {
      return true;
    }
    Parsed parsed =
        ChatGrammar.parse(said.text(), atHand(said.pull()), "in comment " + said.comment());
    if (parsed.words() == null || parsed.help()) {
      String text = parsed.help() ? "" : parsed.refusal() + "\n\n";
      answer(said, author, text + "/signalbox …\n" + ChatGrammar.HELP);
      return true;
    }
    Said answer =
        commands.run(
            new Sender("github", author.name(), Long.toString(said.comment()), key),
            parsed.words(),
            false);
    if (answer.notReached() && parsed.personal()) {
      return false;
    }
    answer(said, author, answer.text());
    if (answer.decision() != null) {
      verdicts.follow(
          answer.decision(),
          verdict -> answer(said, author, verdict + "  (" + answer.decision().workflowId() + ")"));
    }
    return true;
  }

  private void answer(Spoken said, Person author, String text) {
    // What was decided is decided, whether GitHub lets us say so or not.
    work.execute(
        () ->
            quietly(
                said,
                () -> {
                  board.seen(said.comment());
                  board.answer(said.pull(), said.comment(), author.name(), text);
                }));
  }

  /** The promotion of the pull request's commit, else the environment that it leads to. */
  private Optional<String> atHand(int pull) {
    CommentBoard.Place place = board.place(pull);
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
}
