/**
 * Alembic and PostgreSQL: the project's own migrations, run in the project's own Python, and read
 * by PostgreSQL's own parser.
 */
package dev.signalbox.activities.migration;
