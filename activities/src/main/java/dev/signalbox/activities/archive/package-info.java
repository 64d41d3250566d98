/**
 * Where what must outlive everything is kept: backups with their receipts. A directory or a bucket;
 * to add another place, implement {@link dev.signalbox.activities.archive.ArchiveStore}, extend its
 * contract test, and name its scheme in {@link dev.signalbox.activities.archive.ArchiveSettings}.
 */
package dev.signalbox.activities.archive;
