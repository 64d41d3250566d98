package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The part of {@code signalbox.toml} that one environment's runs are judged by: the snapshot that a
 * promotion holds.
 *
 * @param source the environment that {@code environment} is promoted from; null when it has no
 *     {@code from}
 * @param services in dependency order: each after all those that its {@code after} names
 * @param people everybody of every group; a person of two groups stands here twice
 * @param railway where the environment lives at Railway; null = with the project, by the worker's
 *     own token
 * @param sourceRailway the same for the source
 * @param sourceServices the services as the source has them; empty = no environment changes
 *     anything
 * @param others the other Railway projects that the file names: where environments live of which
 *     nothing may be named here
 * @param migrations how the database is migrated; null = Signalbox does not
 * @param slack the channel at Slack where people are told; null = none; covered by no approval
 * @param origin the branch that commits are pushed to, where it is not the source's because the
 *     source is promoted to from others; null = it is; covered by no approval
 */
public record Pipeline(
    Project project,
    EnvironmentPolicy environment,
    EnvironmentPolicy source,
    List<ServicePolicy> services,
    List<Person> people,
    Home railway,
    Home sourceRailway,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ServicePolicy> sourceServices,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Home> others,
    @JsonInclude(JsonInclude.Include.NON_NULL) MigrationPolicy migrations,
    @JsonInclude(JsonInclude.Include.NON_NULL) String slack,
    @JsonInclude(JsonInclude.Include.NON_NULL) String origin) {

  public Pipeline {
    services = services == null ? List.of() : List.copyOf(services);
    people = people == null ? List.of() : List.copyOf(people);
    sourceServices = sourceServices == null ? List.of() : List.copyOf(sourceServices);
    others = others == null ? List.of() : List.copyOf(others);
  }

  /** One that tells nobody at Slack. */
  public Pipeline(
      Project project,
      EnvironmentPolicy environment,
      EnvironmentPolicy source,
      List<ServicePolicy> services,
      List<Person> people,
      Home railway,
      Home sourceRailway,
      List<ServicePolicy> sourceServices,
      List<Home> others,
      MigrationPolicy migrations) {
    this(
        project,
        environment,
        source,
        services,
        people,
        railway,
        sourceRailway,
        sourceServices,
        others,
        migrations,
        null,
        null);
  }

  /** The same, with people told in this channel. */
  public Pipeline tellingAtSlack(String channel) {
    return with(channel, origin);
  }

  /** The same, at the end of a chain that begins with this branch. */
  public Pipeline comingFrom(String branch) {
    return with(slack, branch);
  }

  private Pipeline with(String channel, String first) {
    return new Pipeline(
        project,
        environment,
        source,
        services,
        people,
        railway,
        sourceRailway,
        sourceServices,
        others,
        migrations,
        channel,
        first);
  }

  /**
   * The part that an approval is bound to: what ships, how, and who may say yes. Where people are
   * told, and where it could be taken back, is none of it.
   */
  public Pipeline covered() {
    return with(null, null);
  }

  /** One whose environments live in no other Railway project than it says of the two. */
  public Pipeline(
      Project project,
      EnvironmentPolicy environment,
      EnvironmentPolicy source,
      List<ServicePolicy> services,
      List<Person> people,
      Home railway,
      Home sourceRailway,
      List<ServicePolicy> sourceServices) {
    this(
        project,
        environment,
        source,
        services,
        people,
        railway,
        sourceRailway,
        sourceServices,
        null,
        null);
  }

  /**
   * @param github {@code owner/name}
   * @param railway Railway's project id
   */
  public record Project(String name, String github, String railway) {}

  /** A pipeline whose environments all live in the project's own Railway project. */
  public Pipeline(
      Project project,
      EnvironmentPolicy environment,
      EnvironmentPolicy source,
      List<ServicePolicy> services,
      List<Person> people) {
    this(project, environment, source, services, people, null, null, null);
  }

  /**
   * Where an environment lives at Railway, and who may act there.
   *
   * @param project Railway's project id
   * @param token name of the worker's variable that holds the token; null = the worker's own
   */
  public record Home(String project, String token) {}

  /** Where the environment lives. */
  public Home home() {
    return railway == null ? new Home(project.railway(), null) : railway;
  }

  /** Where the environment promoted from lives. */
  public Home sourceHome() {
    return sourceRailway == null ? new Home(project.railway(), null) : sourceRailway;
  }

  /**
   * The services as they are asked in the source: what the environment changes about them is its
   * own, and so is the address.
   */
  public List<ServicePolicy> servicesInSource() {
    return sourceServices.isEmpty()
        ? services.stream().map(service -> service.at(null)).toList()
        : sourceServices;
  }

  public Optional<EnvironmentPolicy> promotedFrom() {
    return Optional.ofNullable(source);
  }

  /** The branch whose head is promoted when nobody names a commit. */
  public String sourceBranch() {
    return source == null ? environment.branch() : source.branch();
  }

  /** The branch where what proved bad is taken back: the first one of the chain. */
  public String revertBranch() {
    return origin == null ? sourceBranch() : origin;
  }

  public List<String> serviceNames() {
    return services.stream().map(ServicePolicy::name).toList();
  }

  public ServicePolicy service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no service " + name + " in " + project.name()));
  }
}
