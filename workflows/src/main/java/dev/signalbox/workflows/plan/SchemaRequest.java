package dev.signalbox.workflows.plan;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Which commits' migrations are asked about.
 *
 * @param revision 7 to 40 hex; null = the head of the source branch
 * @param running the commit that is live, 40 hex; null = it is not asked about
 * @param withSql whether the SQL of what is pending is wanted
 * @param to the schema revision that is to be reached, up or down; null = the heads. Down by the
 *     code of {@code running} where no commit is named, as {@code migrate downgrade} goes
 * @param backup the one that a restore would go to: what was written since is counted; null = it is
 *     not asked about
 */
public record SchemaRequest(
    String project,
    String environment,
    String revision,
    String running,
    boolean withSql,
    @JsonInclude(JsonInclude.Include.NON_NULL) String to,
    @JsonInclude(JsonInclude.Include.NON_NULL) String backup) {}
