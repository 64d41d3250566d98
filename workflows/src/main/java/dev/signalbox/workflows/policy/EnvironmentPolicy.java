package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;

/**
 * What {@code [environments.<name>]} says; absent keys already hold their defaults
 * (docs/reference/configuration.md).
 *
 * @param from the environment promoted from; null = deployed from its own branch
 * @param checks what must be green on exactly the promoted commit
 * @param accept check conclusions beside {@code success} that count as green: neutral, skipped
 * @param soak how long a release must live here, verified, before it counts
 * @param approvals null = none needed
 * @param trust doors that count without proof
 * @param rebuild whether the old commit may be built again where its image is gone; null = no
 * @param tag template of the release tag: {environment}, {date}, {short}
 * @param reviewed which pull requests must be approved; null = none
 * @param requires names of variables that must be there
 * @param title template of the promotion pull request's title; null = {@code {Environment} Release
 *     {date}}
 * @param unchanged what becomes of services that did not change; null = they are deployed all the
 *     same
 * @param partial whether one service may be deployed without the others; null = no
 * @param head template of the promotion's own branch, with {timestamp}; null = the source branch is
 *     the head of its pull request
 * @param calendar when it may be changed; null = always
 * @param revert whether a pull request is opened that takes back what proved bad; null = no
 * @param sync whether the source branch is brought level after each release; null = no
 */
public record EnvironmentPolicy(
    String name,
    String branch,
    String from,
    List<RequiredCheck> checks,
    List<String> accept,
    Duration soak,
    MergeMethod merge,
    AutoDeploy autoDeploy,
    WhenBusy whenBusy,
    Approvals approvals,
    List<String> trust,
    RollbackMode rollback,
    Boolean rebuild,
    String tag,
    Limits limits,
    VerifyPolicy verify,
    ReviewedBy reviewed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> requires,
    String title,
    Unchanged unchanged,
    Boolean partial,
    String head,
    Calendar calendar,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean revert,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean sync) {

  public EnvironmentPolicy {
    checks = checks == null ? List.of() : List.copyOf(checks);
    accept = accept == null ? List.of() : List.copyOf(accept);
    trust = trust == null ? List.of("cli") : List.copyOf(trust);
    soak = soak == null ? Duration.ZERO : soak;
    merge = merge == null ? MergeMethod.MERGE : merge;
    autoDeploy = autoDeploy == null ? AutoDeploy.REFUSE : autoDeploy;
    whenBusy = whenBusy == null ? WhenBusy.QUEUE : whenBusy;
    rollback = rollback == null ? RollbackMode.AUTOMATIC : rollback;
    tag = tag == null ? "{environment}/{date}-{short}" : tag;
    limits = limits == null ? Limits.DEFAULTS : limits;
    verify = verify == null ? VerifyPolicy.DEFAULTS : verify;
    requires = requires == null ? List.of() : List.copyOf(requires);
  }

  /**
   * One of which nothing else is said.
   *
   * @param from null = deployed from its own branch
   */
  public static EnvironmentPolicy of(String name, String branch, String from) {
    return new EnvironmentPolicy(
        name, branch, from, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null);
  }

  /** The same with another calendar; null = it may be changed at any time. */
  public EnvironmentPolicy with(Calendar other) {
    return new EnvironmentPolicy(
        name,
        branch,
        from,
        checks,
        accept,
        soak,
        merge,
        autoDeploy,
        whenBusy,
        approvals,
        trust,
        rollback,
        rebuild,
        tag,
        limits,
        verify,
        reviewed,
        requires,
        title,
        unchanged,
        partial,
        head,
        other,
        revert,
        sync);
  }

  /** Whether a pull request is opened that takes back what proved bad. */
  public boolean reverts() {
    return Boolean.TRUE.equals(revert);
  }

  /** Whether the source branch is brought level after each release. */
  public boolean syncs() {
    return Boolean.TRUE.equals(sync);
  }

  /** When it may be changed. */
  public Calendar times() {
    return calendar == null ? Calendar.OPEN : calendar;
  }

  /** Whether one service may be deployed without the others. */
  public boolean allowsPartial() {
    return Boolean.TRUE.equals(partial);
  }

  /** Whether a service that did not change is left as it is. */
  public boolean skipsUnchanged() {
    return unchanged == Unchanged.SKIP;
  }

  /** Whether the old commit may be built again where its image is gone. */
  public boolean mayRebuild() {
    return Boolean.TRUE.equals(rebuild);
  }

  /** How the name of a promotion's own branch begins, whenever it was made; null = it has none. */
  public String headBegins() {
    return head == null
        ? null
        : head.substring(0, head.indexOf("{timestamp}")).replace("{environment}", name);
  }

  /** How the promotion pull request becomes part of the target branch. */
  public enum MergeMethod {
    @JsonProperty("merge")
    MERGE,
    /** The branch is moved to the promoted commit itself; no commit is made. */
    @JsonProperty("fast-forward")
    FAST_FORWARD
  }

  /** Which pull requests somebody else than the author must have approved. */
  public enum ReviewedBy {
    @JsonProperty("each")
    EACH,
    @JsonProperty("promotion")
    PROMOTION
  }

  /** What to do when Railway would deploy a push by itself: a second trigger would race ours. */
  public enum AutoDeploy {
    @JsonProperty("refuse")
    REFUSE,
    @JsonProperty("switch-off")
    SWITCH_OFF,
    /** Railway's own deployment of the merge is the one that is awaited, adopted and verified. */
    @JsonProperty("observe")
    OBSERVE
  }

  /** What becomes of a service nothing under whose paths differs from what it runs. */
  public enum Unchanged {
    @JsonProperty("deploy")
    DEPLOY,
    /** Its former deployment stays, and is verified as part of the set. */
    @JsonProperty("skip")
    SKIP
  }

  /** What a new promotion does when another one is under way. */
  public enum WhenBusy {
    @JsonProperty("queue")
    QUEUE,
    @JsonProperty("refuse")
    REFUSE,
    @JsonProperty("supersede")
    SUPERSEDE
  }

  /** What happens when a release turns out bad. */
  public enum RollbackMode {
    @JsonProperty("automatic")
    AUTOMATIC,
    @JsonProperty("ask")
    ASK,
    @JsonProperty("never")
    NEVER
  }

  /**
   * How long things may take. A limit that is reached is an end of its own, <em>timed out</em>.
   *
   * @param checks how long a promotion waits at its gate {@code checks}; null = as long as it takes
   * @param build longest time for one service from its deployment's creation to the end of its
   *     build; null = as long as {@code deploy} allows
   * @param deploy longest time for one service from the call to active
   * @param total longest time of a promotion, without the time in which it waits for people; null =
   *     as long as it takes
   * @param away how long a read that production hangs on may go unanswered before a person is
   *     asked; null = {@link #AWAY}
   * @param settle how long an unclear call is read back before a person is asked
   * @param poll least time between two reads of one phase
   */
  public record Limits(
      Duration checks,
      Duration build,
      Duration deploy,
      Duration total,
      Duration away,
      Duration settle,
      Duration poll) {
    public static final Duration AWAY = Duration.ofMinutes(5);

    public static final Limits DEFAULTS = new Limits(null, null, null, null, null, null, null);

    public Limits {
      deploy = deploy == null ? Duration.ofMinutes(20) : deploy;
      settle = settle == null ? Duration.ofSeconds(30) : settle;
      poll = poll == null ? Duration.ofSeconds(10) : poll;
    }

    /** What {@code away} says. */
    public Duration longestSilence() {
      return away == null ? AWAY : away;
    }
  }

  /**
   * @param successes good samples in a row that every service needs
   * @param every time between two rounds
   * @param timeout of the whole verification
   * @param fail how many samples may say "wrong" (unhealthy, wrong version) before it fails
   * @param error how many samples may not answer before it fails
   * @param inconclusive how many samples may say neither before a person is asked
   * @param pages what must be seen too, once all services are verified
   * @param smoke run after that; null = none
   */
  public record VerifyPolicy(
      int successes,
      Duration every,
      Duration timeout,
      int fail,
      int error,
      int inconclusive,
      // Nothing said is nothing in the digest either.
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PageCheck> pages,
      SmokeTest smoke) {
    public static final VerifyPolicy DEFAULTS =
        new VerifyPolicy(3, Duration.ofSeconds(5), Duration.ofMinutes(5), 0, 3, 3, List.of(), null);

    public VerifyPolicy {
      pages = pages == null ? List.of() : List.copyOf(pages);
    }
  }
}
