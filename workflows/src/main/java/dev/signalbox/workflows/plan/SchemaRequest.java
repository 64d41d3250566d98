package dev.signalbox.workflows.plan;

/**
 * Which commits' migrations are asked about.
 *
 * @param revision 7 to 40 hex; null = the head of the source branch
 * @param running the commit that is live, 40 hex; null = it is not asked about
 * @param withSql whether the SQL of what is pending is wanted
 */
public record SchemaRequest(
    String project, String environment, String revision, String running, boolean withSql) {}
