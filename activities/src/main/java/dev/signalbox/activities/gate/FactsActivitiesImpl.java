package dev.signalbox.activities.gate;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.deploy.Foreign;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.RecordedMerge;
import dev.signalbox.workflows.gate.Facts;
import dev.signalbox.workflows.gate.Facts.Unavailable;
import dev.signalbox.workflows.gate.FactsActivities;
import dev.signalbox.workflows.github.ChecksReport;
import dev.signalbox.workflows.github.FileVersions.FileVersion;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.ChecksQuery;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsQuery;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import dev.signalbox.workflows.health.HealthActivities;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.Targets;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.ReviewedBy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowException;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Asks each outside system once; what does not answer is named and left out. */
public final class FactsActivitiesImpl implements FactsActivities {
  private static final Set<FailureType> PERMANENT =
      Set.of(FailureType.REJECTED, FailureType.NOT_FOUND, FailureType.FOREIGN_PROJECT);

  private final GitHubActivities github;
  private final RailwayActivities railway;
  private final HealthActivities health;
  private final Records records;
  private final Clock clock;

  /** The ledgers, as they are asked. */
  @FunctionalInterface
  public interface Records {
    /**
     * What an environment's ledger has on record about a commit; empty when there is no ledger.
     *
     * @throws WorkflowException when it does not answer
     */
    Optional<LedgerRecord> of(String project, String environment, String commit);

    /**
     * Which of these commits are in quarantine there, and what people ordered; none where there is
     * no ledger.
     *
     * @throws WorkflowException when it does not answer
     */
    default List<Quarantined> quarantined(
        String project, String environment, List<String> commits) {
      return List.of();
    }
  }

  public FactsActivitiesImpl(
      GitHubActivities github,
      RailwayActivities railway,
      HealthActivities health,
      Records records,
      Clock clock) {
    this.github = github;
    this.railway = railway;
    this.health = health;
    this.records = records;
    this.clock = clock;
  }

  @Override
  public Facts read(FactsQuery query) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Waiting waiting = new Waiting(Pace.of(clock), () -> context.heartbeat(null));
    Facts facts = new Look(query, waiting).facts();
    if (facts.fingerprint().equals(query.unlike())) {
      throw Failures.unchanged("what the gates judge by", query.poll());
    }
    return facts;
  }

  /** One look: its answers as they come in. */
  private final class Look {
    private final String id = UUID.randomUUID().toString();
    private final FactsQuery query;
    private final Waiting waiting;
    private final Pipeline pipeline;
    private final List<Unavailable> unavailable = new ArrayList<>();
    private final Set<String> silent = new HashSet<>();
    private LedgerRecord sourceRecord = LedgerRecord.NONE;
    private QuarantineReading quarantine;
    private List<FileVersion> versions = List.of();

    Look(FactsQuery query, Waiting waiting) {
      this.query = query;
      this.waiting = waiting;
      this.pipeline = query.pipeline();
    }

    Facts facts() {
      boolean recordKnown = pipeline.promotedFrom().map(this::readRecord).orElse(true);
      EnvironmentState target =
          ask("Railway", () -> environment(pipeline.environment(), pipeline.home()));
      // Both are judged by what the ledger says of them: a silent one is not "no record".
      EnvironmentState source =
          pipeline
              .promotedFrom()
              .filter(from -> recordKnown)
              .map(from -> ask("Railway", () -> environment(from, pipeline.sourceHome())))
              .orElse(null);
      // Without a record and without Railway nobody knows what runs: not "nothing".
      boolean known = recordKnown && (query.live() != null || target != null);
      Base base =
          known ? ask("Temporal: " + ledger(pipeline.environment()), () -> base(target)) : null;
      ReleaseFacts release =
          base == null ? null : ask("GitHub", () -> release(base.revision(), target));
      if (release != null) {
        readQuarantine(release);
      }
      ChecksReport checks = ask("GitHub", this::checks);
      versions =
          Objects.requireNonNullElse(
              ask(
                  "GitHub",
                  () ->
                      VersionReading.read(github, query, release == null ? null : release.base())),
              List.of());
      ReviewsReport reviews =
          release == null || pipeline.environment().reviewed() == null
              ? null
              : ask("GitHub", () -> reviews(release));
      SourceReading revisions = new SourceReading(query, sourceRecord);
      String strayed =
          source == null || !revisions.runsOther(source)
              ? null
              : ask("GitHub", () -> revisions.strayed(github));
      List<Sample> samples = source == null ? List.of() : samples(source);
      return new Facts(
          release == null ? null : release.base(),
          release,
          checks,
          reviews,
          source,
          target,
          sourceRecord.running(),
          sourceRecord.standIns(query.revision()),
          samples,
          unavailable,
          fingerprint(release, checks, reviews, source, target, samples, strayed),
          clock.instant(),
          versions,
          quarantine == null ? null : quarantine.contained(),
          quarantine == null ? null : quarantine.reverts(),
          strayed);
    }

    /** What the release has of commits that proved bad, whether they are new with it or not. */
    private void readQuarantine(ReleaseFacts release) {
      QuarantineReading reading = new QuarantineReading(github, records, query, release);
      quarantine = reading;
      ask(
          Facts.ledgerOf(pipeline.environment().name()),
          () -> reading.askTheLedger(ledger(pipeline.environment())));
      ask("GitHub", reading::askGitHub);
    }

    /** False when the ledger did not answer. */
    private boolean readRecord(EnvironmentPolicy from) {
      LedgerRecord answer = ask("Temporal: " + ledger(from), () -> record(from, query.revision()));
      sourceRecord = answer == null ? LedgerRecord.NONE : answer;
      return answer != null;
    }

    private LedgerRecord record(EnvironmentPolicy environment, String commit) {
      try {
        return records.of(query.project(), environment.name(), commit).orElse(LedgerRecord.NONE);
      } catch (WorkflowException silent) {
        throw Failures.unanswered(ledger(environment), silent);
      }
    }

    private String ledger(EnvironmentPolicy environment) {
      return "the ledger of " + environment.name();
    }

    // One silence is enough: asking the same system again would only make the look slower. Who does
    // not know one thing has answered, and may well know the next.
    private <T> T ask(String system, Supplier<T> question) {
      if (silent.contains(system)) {
        return null;
      }
      try {
        return waiting.answer(question);
      } catch (ApplicationFailure failure) {
        FailureType type = FailureType.of(failure.getType());
        boolean permanent = type != null && PERMANENT.contains(type);
        if (type != FailureType.NOT_FOUND) {
          silent.add(system);
        }
        unavailable.add(new Unavailable(system, failure.getOriginalMessage(), permanent));
        return null;
      }
    }

    private EnvironmentState environment(EnvironmentPolicy environment, Home home) {
      return railway.readEnvironment(
          new EnvironmentQuery(
              query.project(),
              home.project(),
              environment.name(),
              pipeline.services().stream().map(ServicePolicy::railway).toList(),
              home.token(),
              environment.equals(pipeline.environment()) && !environment.requires().isEmpty(),
              environment.equals(pipeline.environment()),
              environment.equals(pipeline.environment()) ? pipeline.others() : List.of(),
              id));
    }

    /**
     * @param revision null = nothing runs, or nobody knows what
     */
    private record Base(String revision) {}

    // The ledger's record wins. Without one there may still be merges on it: a first release that
    // failed half-way has merged all the same.
    private Base base(EnvironmentState target) {
      if (query.live() != null) {
        return new Base(query.live().revision());
      }
      return new Base(
          target == null
              ? null
              : RunningRevision.of(target, query.revision(), this::revisionBehind).orElse(null));
    }

    private String revisionBehind(String commit) {
      return RecordedMerge.revisionBehind(commit, record(pipeline.environment(), commit).merges());
    }

    private ReleaseFacts release(String base, EnvironmentState target) {
      ReleaseQuery asked =
          new ReleaseQuery(
              query.project(),
              pipeline.project().github(),
              query.revision(),
              base,
              query.live() != null,
              pipeline.environment().branch(),
              sourceRecord.standIns(query.revision()),
              RunningServices.of(query, target),
              Foreign.of(query.live(), pipeline, target).stream()
                  .map(ServiceDeployment::revision)
                  .distinct()
                  .toList(),
              selfApproves() ? null : pipeline.sourceBranch());
      return github.readRelease(
          pipeline.environment().syncs() ? asked.aheadOn(pipeline.sourceBranch()) : asked);
    }

    /** Whether it does not matter who has a part in the release. */
    private boolean selfApproves() {
      return pipeline.environment().approvals() == null
          || pipeline.environment().approvals().self();
    }

    private ChecksReport checks() {
      return github.readChecks(
          new ChecksQuery(query.project(), pipeline.project().github(), query.revision()));
    }

    private ReviewsReport reviews(ReleaseFacts release) {
      return github.readReviews(
          new ReviewsQuery(
              query.project(),
              pipeline.project().github(),
              pipeline.environment().reviewed() == ReviewedBy.EACH,
              pipeline.sourceBranch(),
              pipeline.environment().branch(),
              query.revision().equals(release.merged()) ? null : release.merged(),
              pipeline.environment().headBegins(),
              release.head(),
              release.commits()));
    }

    private List<Sample> samples(EnvironmentState source) {
      List<Target> targets =
          pipeline.servicesInSource().stream()
              .filter(service -> service.health() != null)
              .map(service -> target(service, source))
              .filter(Objects::nonNull)
              .toList();
      return targets.isEmpty()
          ? List.of()
          : health.sample(new Targets(query.project(), targets)).samples();
    }

    private Target target(ServicePolicy service, EnvironmentState source) {
      SourceReading revisions = new SourceReading(query, sourceRecord);
      String wanted = revisions.wanted(service, source);
      String url =
          service.url() != null
              ? service.url()
              : source.service(service.railway()).map(ServiceState::url).orElse(null);
      return url == null
          ? null
          : new Target(
              service.name(),
              url,
              service.health(),
              service.version() == null
                  ? null
                  : new WantedVersion(
                      service.version(),
                      wanted,
                      revisions.newestStandIn(),
                      VersionReading.text(service, wanted, versions),
                      List.of()),
              service.expect(),
              service.timeout(),
              null,
              service.retries(),
              null);
    }

    private String fingerprint(
        ReleaseFacts release,
        ChecksReport checks,
        ReviewsReport reviews,
        EnvironmentState source,
        EnvironmentState target,
        List<Sample> samples,
        String strayed) {
      return Digest.sha256(
          String.join(
              "|",
              release == null ? "" : Digest.of(release),
              checks == null ? "" : checks.fingerprint(),
              reviews == null ? "" : reviews.fingerprint(),
              source == null ? "" : source.fingerprint(),
              target == null ? "" : target.fingerprint(),
              sourceRecord.running() == null ? "" : Digest.of(sourceRecord.running()),
              sourceRecord.standIns(query.revision()).toString(),
              samples.stream()
                  .map(sample -> sample.service() + sample.reading())
                  .toList()
                  .toString(),
              versions.toString() + (quarantine == null ? "" : quarantine.fingerprint()),
              strayed == null ? "" : strayed,
              unavailable.stream()
                  .map(away -> away.system() + away.permanent())
                  .toList()
                  .toString()));
    }
  }
}
