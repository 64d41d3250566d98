package dev.signalbox.starter.gateway;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.github.GitHubHooks;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.workers.Metrics;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one list of the doors that there are. */
public final class GatewayDoors {
  /** What is left of {@link SlackDesk#IN_TIME} then is for the engine. */
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(GatewayDoors.class);
  private static final int HANDS = 4;

  /** Commands that the API carries out at once; the next 200 wait. */
  private static final int API_COMMANDS = 16;

  private final GatewaySettings settings;
  private final PipelineFile pipelines;
  private final EngineConnection engine;
  private final Commands commands;
  private final GatewayWork work;
  private final Courier courier;
  private final Tally tally;
  private final Clock clock = Clock.systemUTC();
  private final Optional<CommentBoard> board;
  private final Optional<SlackClient> slackClient;
  private final Optional<SlackPlace> slackPlace;

  GatewayDoors(
      GatewaySettings settings,
      EngineConnection engine,
      Metrics metrics,
      Commands commands,
      GatewayWork work) {
    this.settings = settings;
    this.pipelines = settings.pipelines();
    this.engine = engine;
    this.commands = commands;
    this.work = work;
    this.courier = new Courier(engine);
    this.tally = new Tally(metrics.registry());
    this.board =
        settings
            .githubToken()
            .filter(token -> settings.comments())
            .map(token -> new CommentBoard(github(token), repository()));
    this.slackClient =
        settings
            .slack()
            .map(slack -> new SlackClient(slack.url(), slack.variable(), slack.token(), clock));
    this.slackPlace =
        slackClient.map(
            client ->
                new SlackPlace(
                    client, settings.slack().orElseThrow().url(), settings.key(), clock));
  }

  /**
   * Opens those that are switched on.
   *
   * @throws RuntimeException when one cannot be opened; then nothing is left running
   */
  public static GatewayServer open(
      GatewaySettings settings,
      String host,
      int port,
      EngineConnection engine,
      Metrics metrics,
      Commands commands) {
    GatewayWork work = new GatewayWork();
    try {
      GatewayDoors doors = new GatewayDoors(settings, engine, metrics, commands, work);
      doors.carryOutWhatIsKept();
      Optional<Sweeps> sweeps = doors.sweeps();
      doors.sayOneFirst();
      GatewayServer server =
          GatewayServer.start(host, port, Limits.DEFAULTS, doors.list(), metrics);
      server.closing(work::close);
      log.info("gateway listens url={}", server.url());
      // What GitHub is asked to send again comes in by the door that is open now.
      sweeps.ifPresent(Sweeps::begin);
      return server;
    } catch (RuntimeException failed) {
      work.close();
      throw failed;
    }
  }

  /** Those that are switched on. */
  List<GatewayDoor> list() {
    return Stream.of(
            settings.githubSecret().map(this::gitHubDoor),
            settings.railwayPath().map(this::railwayDoor),
            Optional.of(settings.api()).filter(api -> !api.isEmpty()).map(api -> apiDoor()),
            settings.slack().map(this::slackDoor))
        .flatMap(Optional<GatewayDoor>::stream)
        .toList();
  }

  private GatewayDoor gitHubDoor(SigningSecret secret) {
    return new GitHubDoor(
        new GitHubSignature(secret),
        pipelines.project().github(),
        new GitHubRoutes(
            pipelines.project().name(),
            pipelines.environments(),
            pipelines.previews().previews() != null),
        courier,
        board.map(
            answers ->
                new CommentDesk(answers, pipelines, courier, settings.key(), work.hands(HANDS))),
        tally);
  }

  private GatewayDoor railwayDoor(Secret path) {
    return new RailwayDoor(
        path,
        pipelines.project().name(),
        pipelines.environments(),
        courier,
        work.clock(),
        System::nanoTime,
        tally);
  }

  private GatewayDoor apiDoor() {
    return new ApiDoor(
        new ApiClients(settings.api(), clock),
        commands,
        settings.key(),
        work.hands(API_COMMANDS),
        new SoonJudged(commands, work.hands(API_COMMANDS), SoonJudged.FOR_A_PROGRAM),
        tally);
  }

  private GatewayDoor slackDoor(GatewaySettings.Slack slack) {
    SlackClient client = slackClient.orElseThrow();
    Executor hands = work.hands(HANDS);
    OnceKnown team = new OnceKnown(client::team, hands, KNOWN_WITHIN);
    // The first who speaks need not wait for it.
    var unused = team.get();
    return new SlackDoor(
        new SlackSignature(slack.secret(), clock),
        team,
        pipelines.pipeline(pipelines.environments().get(0)).people(),
        new SlackDesk(
            pipelines.project().name(),
            client,
            slackPlace.orElseThrow(),
            courier,
            settings.key(),
            hands,
            SlackDesk.IN_TIME),
        tally);
  }

  /** Whoever speaks first is answered as fast as the others. */
  private void sayOneFirst() {
    slackPlace
        .map(
            place ->
                new FirstCommand(
                    pipelines.project().name(), place, courier::reach, settings.key(), clock))
        .ifPresent(FirstCommand::say);
  }

  private void carryOutWhatIsKept() {
    Map<String, AnswerPlace> places = new HashMap<>();
    board.ifPresent(
        answers ->
            places.put(CommentDesk.DOOR, new CommentPlace(answers, pipelines, commands, clock)));
    slackPlace.ifPresent(place -> places.put(SlackDoor.NAME, place));
    if (!places.isEmpty()) {
      GatewayWorker worker =
          GatewayWorker.start(
              engine,
              pipelines.project().name(),
              new SpokenActivitiesImpl(
                  places,
                  commands,
                  new SoonJudged(commands, work.hands(HANDS), SoonJudged.SOON),
                  settings.key(),
                  tally,
                  clock));
      work.closing(worker::close);
    }
  }

  private Optional<Sweeps> sweeps() {
    return settings
        .githubToken()
        .map(
            token ->
                new Sweeps(
                    new DeliverySweep(
                        new GitHubHooks(settings.githubUrl(), token, clock), repository(), clock),
                    new HeadSweep(github(token), pipelines, engine, courier),
                    work.clock()));
  }

  private GitHubClient github(Secret token) {
    return new GitHubClient(settings.githubUrl(), token, clock);
  }

  private Repository repository() {
    return Repository.of(pipelines.project().github());
  }
}
