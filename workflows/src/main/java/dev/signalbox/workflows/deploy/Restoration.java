package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.SizeText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.backup.BackupActivities;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.backup.BackupActivities.SinceQuery;
import dev.signalbox.workflows.backup.BackupId;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.backup.RestoreActivities;
import dev.signalbox.workflows.backup.RestoreActivities.Beside;
import dev.signalbox.workflows.backup.RestoreActivities.BesideOrder;
import dev.signalbox.workflows.backup.RestoreActivities.InPlaceOrder;
import dev.signalbox.workflows.backup.RestoreActivities.PresentDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.SwapOrder;
import dev.signalbox.workflows.backup.RestoreActivities.Swapped;
import dev.signalbox.workflows.backup.RowLoss;
import dev.signalbox.workflows.deploy.Attempts.Choice;
import dev.signalbox.workflows.deploy.Attempts.GivenUp;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.RollbackOrder;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import dev.signalbox.workflows.rollback.Rescue;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a restore that was approved. Each can be repeated: what is done already it finds out
 * from Railway, from the archive, or from the database itself.
 */
final class Restoration {
  private static final int ATTEMPTS = 8;
  private static final Duration REMOVED_WITHIN = Duration.ofMinutes(5);

  private static final Choice OR_UNDO =
      Choice.of("Try it again, or bring everything back as it was (abandon)?", Attempts.ABANDON);

  private static final Choice OR_WITHOUT =
      Choice.of(
          "Try it again, go on without it because the database itself is kept beside (accept), or"
              + " bring everything back as it was (abandon)?",
          Attempts.ACCEPT,
          Attempts.ABANDON);

  private static final Choice ONLY_THE_SERVER_KNOWS =
      new Choice(
          List.of(Attempts.ABANDON),
          List.of(),
          "Try it again, or, where it was refused, bring everything back as it was (abandon)?");

  private final RestoreRequest request;
  private final Pipeline pipeline;
  private final RestoreOrder order;
  private final Timeline timeline;
  private final Questions questions;
  private final Attempts attempts;
  private final PresentDatabase present;
  private boolean stopping;
  private boolean holding;
  private Receipt receipt;
  private String unsaved;
  private Beside copy;
  private RowLoss lost;

  Restoration(RestoreOrder order, Timeline timeline, Questions questions) {
    this.order = order;
    this.request = order.request();
    this.pipeline = order.pipeline();
    this.timeline = timeline;
    this.questions = questions;
    this.attempts = new Attempts(questions);
    this.present =
        new PresentDatabase(
            DatabaseReference.of(pipeline),
            Workflow.getInfo().getFirstExecutionRunId(),
            order.plan().name(),
            order.plan().number());
  }

  /**
   * All that can be undone. A cancel ends it at once.
   *
   * @throws GivenUp a person wants everything as it was
   */
  void untilTheSwap() throws GivenUp {
    stopServices();
    holdWrites();
    save();
    if (request.inPlace()) {
      count();
    } else {
      restoreBeside();
    }
  }

  /** Whoever needs others is stopped before them. */
  private void stopServices() throws GivenUp {
    List<ServicePolicy> reversed = new ArrayList<>(pipeline.services());
    Collections.reverse(reversed);
    for (ServicePolicy service : reversed) {
      Optional<ServiceDeployment> active =
          order.serving().stream().filter(one -> one.service().equals(service.name())).findFirst();
      if (active.isPresent()) {
        stopping = true;
        timeline.begin("stop", service.name());
        attempts.untilDone("stop-" + service.name(), () -> removed(active.get()), OR_UNDO);
        timeline.done("stop", service.name(), active.get().id() + " removed, its image is kept");
      }
    }
  }

  private boolean removed(ServiceDeployment active) {
    Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(request.project()).railway(),
                "stop " + active.service(),
                REMOVED_WITHIN))
        .remove(
            new RollbackOrder(
                request.project(), active.service(), active.id(), pipeline.home().token()));
    return true;
  }

  private void holdWrites() throws GivenUp {
    holding = true;
    timeline.begin("hold");
    int ended =
        attempts
            .untilDone("hold", () -> restores("hold back who writes").hold(present), OR_UNDO)
            .ended();
    timeline.done("hold", "read-only from now on; sessions ended: " + ended);
  }

  private void save() throws GivenUp {
    timeline.begin("backup");
    try {
      receipt =
          attempts.untilDone(
              "backup",
              () ->
                  stub(BackupActivities.class, "save what is there")
                      .take(
                          new BackupOrder(
                              DatabaseReference.of(pipeline),
                              pipeline.migrations(),
                              new ExpectedSchema(order.plan().at()),
                              BackupId.ofThisRun(request.environment()),
                              false,
                              request.inPlace())),
              request.inPlace() ? OR_UNDO : OR_WITHOUT);
    } catch (GivenUp without) {
      if (!without.accepted()) {
        throw without;
      }
      unsaved = without.getMessage();
      timeline.skipped("backup", null, "a person goes on without it: " + unsaved);
      return;
    }
    timeline.done(
        "backup",
        receipt.id()
            + ": "
            + SizeText.of(receipt.bytes())
            + (receipt.good() ? ", proved" : ", read to its end"));
    if (!receipt.good()) {
      relyOnWhatIsNotProved();
    }
  }

  /** In place nothing else is left of the present database. */
  private void relyOnWhatIsNotProved() throws GivenUp {
    String why =
        "what is there is saved as "
            + receipt.id()
            + " and was read to its end, but not proved: the role may make no database to restore"
            + " it into";
    String answer =
        questions.ask(
            "backup",
            "After a restore in place nothing else is left of the present database, and "
                + why
                + ". Rely on it (accept), or bring everything back as it was (abandon)?",
            SizeText.of(receipt.bytes()) + " at " + receipt.where(),
            List.of(Attempts.ACCEPT, Attempts.ABANDON),
            Optional::empty);
    if (answer.equals(Attempts.ABANDON)) {
      throw new GivenUp(why, false);
    }
    timeline.skipped("backup-proof", null, "a person relies on it without");
  }

  /** Of what goes, nobody could count it later. */
  private void count() throws GivenUp {
    timeline.begin("count");
    lost =
        attempts
            .untilDone(
                "count",
                () ->
                    stub(BackupActivities.class, "how much was written?")
                        .since(new SinceQuery(DatabaseReference.of(pipeline), request.backup())),
                OR_UNDO)
            .loss();
    timeline.done("count", lost.withTables());
  }

  private void restoreBeside() throws GivenUp {
    timeline.begin("restore");
    copy =
        attempts.untilDone(
            "restore",
            () ->
                restores("restore " + request.backup() + " beside the database")
                    .beside(new BesideOrder(present, request.backup())),
            OR_UNDO);
    lost = copy.loss();
    timeline.done(
        "restore",
        "beside, whole and compared, in "
            + DurationText.of(copy.took())
            + "; "
            + copy.loss().withTables());
  }

  /**
   * The one step that counts. Where the server gave no answer only the server can tell which
   * database has the name, so that nobody can give up then.
   *
   * @return what the database that was there is called now; empty = in place, it is gone
   * @throws GivenUp the server refuses it, and a person wants everything as it was
   */
  Optional<String> swap() throws GivenUp {
    if (request.inPlace()) {
      restoreInPlace();
      return Optional.empty();
    }
    timeline.begin("swap");
    Instant at = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    SwapOrder swap = new SwapOrder(present, copy.name(), copy.number(), at, saved());
    Swapped swapped =
        attempts.untilDone(
            "swap", () -> restores("swap the databases").swap(swap), ONLY_THE_SERVER_KNOWS);
    timeline.done("swap", "the former database is " + swapped.former());
    return Optional.of(swapped.former());
  }

  private void restoreInPlace() throws GivenUp {
    timeline.begin("restore");
    attempts.untilDone(
        "restore",
        () -> {
          restores("restore " + request.backup() + " in place")
              .inPlace(new InPlaceOrder(present, request.backup()));
          return true;
        },
        ONLY_THE_SERVER_KNOWS);
    timeline.done("restore", "in place, compared and committed");
  }

  /**
   * Everything as it was: the copy dropped, the database written to again, the services started.
   *
   * @return how the services came back; empty = none was touched
   */
  Optional<Rescue.End> undone() {
    if (holding) {
      timeline.begin("undo");
      try {
        attempts.untilDone(
            "undo",
            () -> {
              restores("undo the restore").undo(present);
              return true;
            },
            Choice.of("Try it again, or leave the database as it is (accept)?", Attempts.ACCEPT));
        timeline.done("undo", "the database is written to again, and the copy is gone");
      } catch (GivenUp left) {
        timeline.failed("undo", null, left.getMessage());
      }
    }
    return stopping ? Optional.of(started(order.serving())) : Optional.empty();
  }

  /** Starts what is to run on the restored database, and looks whether it is well. */
  Optional<Rescue.End> started() {
    return order.starting().isEmpty() ? Optional.empty() : Optional.of(started(order.starting()));
  }

  private Rescue.End started(List<ServiceDeployment> set) {
    return Rescue.ofStopped(pipeline, timeline, questions).putBack(set);
  }

  /**
   * What became of it, in words; what is lost last, because a short history keeps the end.
   *
   * @param former empty = it is gone
   * @param services what became of those
   */
  String words(Optional<String> former, String services) {
    return "backup "
        + request.backup()
        + " is in place, "
        + services
        + "; the former database "
        + former.map(name -> "is kept as " + name + ", read-only").orElse("is gone")
        + (receipt == null
            ? ", and was not saved: " + unsaved
            : ", and was saved as " + receipt.id())
        + "; "
        + lost.words();
  }

  /** Id of the backup of what was there; null = there is none. */
  String saved() {
    return receipt == null ? null : receipt.id();
  }

  private RestoreActivities restores(String summary) {
    return stub(RestoreActivities.class, summary);
  }

  private <T> T stub(Class<T> activities, String summary) {
    return Workflow.newActivityStub(
        activities,
        ActivityProfiles.working(new TaskQueues(request.project()).migration(), summary, ATTEMPTS));
  }
}
