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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one list of the doors that there are. */
public final class GatewayDoors {
  private static final int WORKERS = 4;
  private static final int MOST_WAITING = 200;

  /** What is left of {@link SlackDesk#IN_TIME} then is for the engine. */
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(1);

  private static final ThreadFactory DAEMONS =
      task -> {
        Thread thread = new Thread(task, "gateway-work");
        thread.setDaemon(true);
        return thread;
      };

  private GatewayDoors() {}

  /** Opens those that are switched on. */
  public static GatewayServer open(
      GatewaySettings settings,
      String host,
      int port,
      EngineConnection engine,
      Metrics metrics,
      Commands commands) {
    Optional<SlackPlace> slack = settings.slack().map(one -> place(one, settings.key()));
    GatewayServer server =
        GatewayServer.start(
            host,
            port,
            Limits.DEFAULTS,
            doors(settings, engine, metrics, commands, slack),
            metrics);
    Map<String, AnswerPlace> places = new HashMap<>();
    board(settings)
        .map(board -> new CommentPlace(board, settings.pipelines(), commands))
        .ifPresent(place -> places.put(CommentDesk.DOOR, place));
    slack.ifPresent(place -> places.put(SlackDoor.NAME, place));
    if (!places.isEmpty()) {
      server.closing(worker(settings, engine, commands, places)::close);
    }
    // What GitHub is asked to send again comes in by the door that is open now.
    settings
        .githubToken()
        .map(token -> sweeps(settings, token, engine))
        .ifPresent(sweeps -> server.closing(sweeps::close));
    return server;
  }

  private static GatewayWorker worker(
      GatewaySettings settings,
      EngineConnection engine,
      Commands commands,
      Map<String, AnswerPlace> places) {
    return GatewayWorker.start(
        engine,
        settings.pipelines().project().name(),
        new SpokenActivitiesImpl(places, commands, settings.key(), Clock.systemUTC()));
  }

  private static Sweeps sweeps(GatewaySettings settings, Secret token, EngineConnection engine) {
    Clock clock = Clock.systemUTC();
    PipelineFile pipelines = settings.pipelines();
    return new Sweeps(
            new DeliverySweep(
                new GitHubHooks(settings.githubUrl(), token, clock),
                Repository.of(pipelines.project().github()),
                clock),
            new HeadSweep(
                new GitHubClient(settings.githubUrl(), token, clock),
                pipelines,
                engine,
                new Courier(engine)),
            Executors.newScheduledThreadPool(1, DAEMONS))
        .begin();
  }

  /**
   * @param slackPlace where verdicts are told at Slack; empty = that door is off
   */
  static List<GatewayDoor> doors(
      GatewaySettings settings,
      EngineConnection engine,
      Metrics metrics,
      Commands commands,
      Optional<SlackPlace> slackPlace) {
    PipelineFile pipelines = settings.pipelines();
    Courier courier = new Courier(engine);
    Tally tally = new Tally(metrics.registry());
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, DAEMONS);
    List<GatewayDoor> doors = new ArrayList<>();
    settings
        .githubSecret()
        .map(
            secret ->
                new GitHubDoor(
                    new GitHubSignature(secret),
                    pipelines.project().github(),
                    new GitHubRoutes(
                        pipelines.project().name(),
                        pipelines.environments(),
                        pipelines.previews().previews() != null),
                    courier,
                    comments(settings, courier),
                    tally))
        .ifPresent(doors::add);
    settings
        .railwayPath()
        .map(
            path ->
                new RailwayDoor(
                    path,
                    pipelines.project().name(),
                    pipelines.environments(),
                    courier,
                    clock,
                    System::nanoTime,
                    tally))
        .ifPresent(doors::add);
    if (!settings.api().isEmpty()) {
      doors.add(
          new ApiDoor(
              new ApiClients(settings.api(), Clock.systemUTC()), commands, settings.key(), tally));
    }
    settings
        .slack()
        .map(slack -> slack(slack, settings, courier, slackPlace.orElseThrow(), tally))
        .ifPresent(doors::add);
    return doors;
  }

  private static SlackClient client(GatewaySettings.Slack slack) {
    return new SlackClient(slack.url(), slack.variable(), slack.token(), Clock.systemUTC());
  }

  private static SlackPlace place(GatewaySettings.Slack slack, Optional<Secret> key) {
    return new SlackPlace(client(slack), slack.url(), key, Clock.systemUTC());
  }

  private static GatewayDoor slack(
      GatewaySettings.Slack slack,
      GatewaySettings settings,
      Courier courier,
      SlackPlace place,
      Tally tally) {
    SlackClient client = client(slack);
    PipelineFile pipelines = settings.pipelines();
    Executor work = workers();
    OnceKnown team = new OnceKnown(client::team, work, KNOWN_WITHIN);
    // The first who speaks need not wait for it.
    var unused = team.get();
    return new SlackDoor(
        new SlackSignature(slack.secret(), Clock.systemUTC()),
        team,
        pipelines.pipeline(pipelines.environments().get(0)).people(),
        new SlackDesk(
            pipelines.project().name(),
            client,
            place,
            courier,
            settings.key(),
            work,
            SlackDesk.IN_TIME),
        tally);
  }

  private static ThreadPoolExecutor workers() {
    return new ThreadPoolExecutor(
        WORKERS, WORKERS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), DAEMONS);
  }

  private static Optional<CommentDesk> comments(GatewaySettings settings, Courier courier) {
    return board(settings)
        .map(
            board ->
                new CommentDesk(board, settings.pipelines(), courier, settings.key(), workers()));
  }

  private static Optional<CommentBoard> board(GatewaySettings settings) {
    return settings
        .githubToken()
        .filter(token -> settings.comments())
        .map(
            token ->
                new CommentBoard(
                    new GitHubClient(settings.githubUrl(), token, Clock.systemUTC()),
                    Repository.of(settings.pipelines().project().github())));
  }
}
