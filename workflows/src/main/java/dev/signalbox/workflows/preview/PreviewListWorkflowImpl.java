package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.ProjectQuery;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.preview.PreviewList.Entry;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PreviewActivities.Known;
import dev.signalbox.workflows.railway.PreviewActivities.ListQuery;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The policy says how previews are called; one read answers. */
public final class PreviewListWorkflowImpl implements PreviewListWorkflow {
  /** A person waits: what does not answer by then is told as not reached. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(7);

  @Override
  public PreviewList run(ProjectQuery query) {
    PreviewSettings settings =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .previews(query);
    if (settings.previews() == null) {
      return new PreviewList(false, null);
    }
    Home home = settings.base().home();
    return new PreviewList(
        true,
        Workflow.newActivityStub(
                PreviewActivities.class,
                ActivityProfiles.quick(
                    new TaskQueues(query.project()).railway(), "list previews", ANSWER_WITHIN))
            .listEnvironments(
                new ListQuery(query.project(), home.project(), home.token(), settings.previews()))
            .all()
            .stream()
            .flatMap(known -> entry(settings.previews(), known))
            .sorted(Comparator.comparingInt(Entry::number))
            .toList());
  }

  private static Stream<Entry> entry(PreviewPolicy policy, Known known) {
    if (policy.railways()) {
      return known.pullNumber() == null
          ? Stream.empty()
          : Stream.of(
              new Entry(known.name(), known.id(), known.pullNumber(), false, known.createdAt()));
    }
    OptionalInt named = policy.number(known.name());
    OptionalInt owner =
        named.isEmpty() && known.owner() != null ? OptionalInt.of(known.owner()) : named;
    return owner.stream()
        .mapToObj(
            number ->
                new Entry(known.name(), known.id(), number, !known.marked(), known.createdAt()));
  }
}
