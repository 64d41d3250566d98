package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.starter.gateway.Keeper.Kept;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
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
  private static final Pattern BEGIN = Pattern.compile("\\A\\s*/signalbox(?![A-Za-z0-9_-])(.*)");
  static final String DOOR = "github";

  private static final Logger log = LoggerFactory.getLogger(CommentDesk.class);

  private final CommentBoard board;
  private final PipelineFile pipelines;
  private final Keeper engine;
  private final Optional<Secret> key;
  private final ExecutorService work;

  /**
   * @param engine keeps what was said
   * @param key seals what was said; empty = nothing is proved
   * @param work what needs no keeping
   */
  CommentDesk(
      CommentBoard board,
      PipelineFile pipelines,
      Keeper engine,
      Optional<Secret> key,
      ExecutorService work) {
    this.board = board;
    this.pipelines = pipelines;
    this.engine = engine;
    this.key = key;
    this.work = work;
  }

  /** One command of one comment. */
  private record Command(int pull, long comment, String text, Instant at, String whole) {}

  /** Takes a comment: it is with the engine when this returns, and carried out afterwards. */
  Outcome take(GitHubPayload payload) {
    Optional<Command> spoken = spoken(payload);
    if (spoken.isEmpty() || !byAPerson(payload)) {
      return Outcome.IGNORED;
    }
    Command said = spoken.get();
    return author(payload.comment().path("user"))
        .map(author -> kept(words(said, author)))
        .orElseGet(() -> later(said, () -> board.refused(said.comment())));
  }

  private SpokenWords words(Command said, Person author) {
    SpokenWords words =
        new SpokenWords(
            pipelines.project().name(),
            DOOR,
            Long.toString(said.comment()),
            author.name(),
            said.text(),
            Integer.toString(said.pull()),
            said.at(),
            null,
            said.whole(),
            null);
    return key.map(known -> words.sealedBy(DecisionProof.of(words.words(), known))).orElse(words);
  }

  private static Optional<Command> spoken(GitHubPayload payload) {
    JsonNode comment = payload.comment();
    String body = comment.path("body").asText("");
    Matcher command = BEGIN.matcher(body);
    return payload.action().asText("").equals("created")
            && payload.issue().path("pull_request").isObject()
            && comment.path("id").isIntegralNumber()
            && asWritten(comment)
            && command.find()
        ? Optional.of(
            new Command(
                payload.issue().path("number").asInt(),
                comment.path("id").asLong(),
                command.group(1),
                written(comment),
                Digest.sha256(body)))
        : Optional.empty();
  }

  private static boolean asWritten(JsonNode comment) {
    JsonNode written = comment.path("created_at");
    return comment.path("updated_at").asText("").equals(written.asText(""))
        || comment.path("updated_at").isMissingNode();
  }

  /** As GitHub says; now, where it does not. */
  private static Instant written(JsonNode comment) {
    try {
      return Instant.parse(comment.path("created_at").asText(""));
    } catch (DateTimeParseException unsaid) {
      return Instant.now();
    }
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

  private Outcome later(Command said, Runnable deed) {
    try {
      work.execute(() -> quietly(said, deed));
      return Outcome.TAKEN;
    } catch (RejectedExecutionException tooMuch) {
      return Outcome.UNAVAILABLE;
    }
  }

  private void quietly(Command said, Runnable deed) {
    try {
      deed.run();
    } catch (RuntimeException failure) {
      log.warn("comment not answered comment={}: {}", said.comment(), failure.toString());
    }
  }

  private Outcome kept(SpokenWords words) {
    return engine.keep(words).join() == Kept.NOT ? Outcome.UNAVAILABLE : Outcome.TAKEN;
  }
}
