package dev.signalbox.workflows.railway;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.PreviewPolicy;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Environments at Railway that live as long as a pull request. One is ours by two things: its name
 * by the rule, and a shared variable {@link #MARK} in it with the id of the workflow that made it;
 * one that somebody renamed by the latter alone. Nothing else is ever touched.
 *
 * <p>Source: Railway's public GraphQL API, https://docs.railway.com/integrations/api, and
 * "Environments", https://docs.railway.com/reference/environments.
 */
@ActivityInterface(namePrefix = "Railway")
public interface PreviewActivities {
  /** Name of the shared variable that marks an environment of ours. */
  String MARK = "SIGNALBOX_PREVIEW";

  /**
   * Makes the environment from its base, with the base's services and variables, without anything
   * deployed, marked, and without triggers; and answers how it stands. <strong>Guarded</strong>:
   * Railway refuses a second environment of the same name, and what is there already is taken on
   * from where an earlier attempt left it. Before anything is made the project's sweep is asked for
   * a slot: who has to wait fails, and is tried again at its time. Railway's own limit of one
   * creation per 30 seconds is waited for too: nothing was made then. What must not be made is an
   * answer, and nothing was made.
   */
  @ActivityMethod
  Ensured ensureEnvironment(EnsureOrder order);

  /**
   * @param name of the environment
   * @param mark id of the workflow whose it is
   * @param base name of the environment that it is copied from
   * @param services Railway's names of the services that are deployed there
   * @param guarded environments of the same Railway project to which no variable may lead
   * @param others other Railway projects to which no variable may lead
   * @param shared variables that may, {@code NAME} or {@code service.NAME}
   * @param since when the run first wanted it: an unmarked one of its name that is older is
   *     somebody's
   * @param pull whose it is, and who makes it; null = Signalbox does, whatever Railway does
   * @param environmentId as it was made, whatever it is called now; null = it is not known
   */
  record EnsureOrder(
      String project,
      String railwayProject,
      String token,
      String name,
      String mark,
      String base,
      List<String> services,
      List<String> guarded,
      List<Home> others,
      List<String> shared,
      Instant since,
      @JsonInclude(JsonInclude.Include.NON_NULL) PullOwner pull,
      @JsonInclude(JsonInclude.Include.NON_NULL) String environmentId) {
    /** One of which Railway itself makes none. */
    public EnsureOrder(
        String project,
        String railwayProject,
        String token,
        String name,
        String mark,
        String base,
        List<String> services,
        List<String> guarded,
        List<Home> others,
        List<String> shared,
        Instant since) {
      this(
          project,
          railwayProject,
          token,
          name,
          mark,
          base,
          services,
          guarded,
          others,
          shared,
          since,
          null,
          null);
    }

    /** The same, made from this environment. */
    public EnsureOrder basedOn(String environment) {
      return with(environment, environmentId);
    }

    /** The same of the environment with this id; null = it is not known. */
    public EnsureOrder keeping(String id) {
      return with(base, id);
    }

    private EnsureOrder with(String from, String id) {
      return new EnsureOrder(
          project,
          railwayProject,
          token,
          name,
          mark,
          from,
          services,
          guarded,
          others,
          shared,
          since,
          pull,
          id);
    }

    public EnsureOrder {
      services = services == null ? List.of() : List.copyOf(services);
      guarded = guarded == null ? List.of() : List.copyOf(guarded);
      others = others == null ? List.of() : List.copyOf(others);
      shared = shared == null ? List.of() : List.copyOf(shared);
    }
  }

  /**
   * @param state null when there are obstacles, no room, or a conflict
   * @param obstacles why it must not be made, each a sentence without any value of a variable
   * @param missing the base's sealed variables, which Railway does not copy: {@code service.NAME}
   * @param full why there is no room for it now; null = there is
   * @param conflict why none is made while Railway's setting is as it is; null = nothing stands
   *     against it
   * @param name of an environment that Railway has made, or somebody renamed; null = as it was
   *     ordered
   */
  record Ensured(
      EnvironmentState state,
      List<String> obstacles,
      List<String> missing,
      @JsonInclude(JsonInclude.Include.NON_NULL) String full,
      @JsonInclude(JsonInclude.Include.NON_NULL) String conflict,
      @JsonInclude(JsonInclude.Include.NON_NULL) String name) {
    /** One that is there. */
    public Ensured(EnvironmentState state, List<String> obstacles, List<String> missing) {
      this(state, obstacles, missing, null, null, null);
    }

    /** One that must wait until another goes. */
    public static Ensured full(String why) {
      return new Ensured(null, null, null, why, null, null);
    }

    /** One that waits until Railway's setting is another one. */
    public static Ensured waiting(String conflict) {
      return new Ensured(null, null, null, null, conflict, null);
    }

    /** What it is called, if not as it was ordered. */
    public Optional<String> called() {
      return Optional.ofNullable(name);
    }

    /** The same of an environment with this name. */
    public Ensured called(String environment) {
      return new Ensured(state, obstacles, missing, full, conflict, environment);
    }

    /** One that must not be made. */
    public static Ensured refused(List<String> obstacles) {
      return new Ensured(null, obstacles, null);
    }

    public Ensured {
      missing = missing == null ? List.of() : List.copyOf(missing);
      obstacles = obstacles == null ? List.of() : List.copyOf(obstacles);
    }
  }

  /**
   * Removes the environment with everything in it, and answers when Railway does not list it any
   * more. <strong>Guarded</strong>: one that is gone is removed. Fails for good when Railway
   * refuses.
   */
  @ActivityMethod
  Removed removeEnvironment(RemoveOrder order);

  /**
   * @param environmentId as it was made; null = it is looked for by its name
   * @param mark id of the workflow whose it is
   * @param pull whose it is, and who makes it; null = Signalbox does. What Railway has made it is
   *     given the time to remove by itself
   * @param since when it was let be made, if that was never followed by a mark: the one of this id
   *     and name is removed without one if it is no older; null = it must carry the mark
   */
  record RemoveOrder(
      String project,
      String railwayProject,
      String token,
      String name,
      String environmentId,
      String mark,
      @JsonInclude(JsonInclude.Include.NON_NULL) PullOwner pull,
      @JsonInclude(JsonInclude.Include.NON_NULL) Instant since) {
    /** One that Signalbox has made and marked. */
    public RemoveOrder(
        String project,
        String railwayProject,
        String token,
        String name,
        String environmentId,
        String mark) {
      this(project, railwayProject, token, name, environmentId, mark, null, null);
    }
  }

  /**
   * @param there whether there was one
   * @param foreign why the one of this name is not ours, and stays; null = it is gone
   */
  record Removed(boolean there, String foreign) {}

  /** Every environment of the project. One request for each hundred. */
  @ActivityMethod
  Environments listEnvironments(ListQuery query);

  /**
   * @param rule how previews are called: whose a marked one of another name is is read of its mark;
   *     null = nobody asks
   */
  record ListQuery(
      String project,
      String railwayProject,
      String token,
      @JsonInclude(JsonInclude.Include.NON_NULL) PreviewPolicy rule) {}

  record Environments(List<Known> all) {
    public Environments {
      all = all == null ? List.of() : List.copyOf(all);
    }
  }

  /**
   * @param marked whether it carries our mark
   * @param pullNumber the pull request that Railway itself made it for; null = none
   * @param owner the pull request that its mark names, where its name does not; null = none
   */
  record Known(
      String id,
      String name,
      boolean ephemeral,
      boolean marked,
      Integer pullNumber,
      Instant createdAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer owner) {}
}
