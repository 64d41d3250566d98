package dev.signalbox.starter.e2e;

/** Every operation with which a promotion, a rescue and a rollback change an outside system. */
enum Mutation {
  STATUS("POST /repos/{owner}/{repo}/statuses/{sha}", Kind.REPLACES),
  PULL("POST /repos/{owner}/{repo}/pulls", Kind.MAKES),
  PULL_BODY("PATCH /repos/{owner}/{repo}/pulls/{number}", Kind.REPLACES),
  COMMENT("POST /repos/{owner}/{repo}/issues/{number}/comments", Kind.MAKES),
  MERGE(House.MERGE, Kind.MAKES),
  FORWARD("PATCH /repos/{owner}/{repo}/git/refs/{ref}", Kind.MAKES),
  DEPLOYMENT("POST /repos/{owner}/{repo}/deployments", Kind.MAKES),
  DEPLOYMENT_STATUS("POST /repos/{owner}/{repo}/deployments/{id}/statuses", Kind.MAKES),
  TAG("POST /repos/{owner}/{repo}/git/refs", Kind.MAKES),
  TRIGGER("deploymentTriggerDelete", Kind.MAKES),
  DEPLOY(House.DEPLOY, Kind.BARE),
  ROLLBACK(House.ROLLBACK, Kind.BARE);

  /** What a second call of the same would mean to people. */
  enum Kind {
    /** Nothing: the newest one is shown. */
    REPLACES,
    /** A second one beside the first. */
    MAKES,
    /** The same, and nothing but our own care prevents it. */
    BARE
  }

  private final String operation;
  private final Kind kind;

  Mutation(String operation, Kind kind) {
    this.operation = operation;
    this.kind = kind;
  }

  String operation() {
    return operation;
  }

  boolean bare() {
    return kind == Kind.BARE;
  }

  boolean repeatable() {
    return kind == Kind.REPLACES;
  }

  boolean atRailway() {
    return !operation.contains(" ");
  }
}
