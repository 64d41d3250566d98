package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Archive;
import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;

/** All files of a commit in one: a redirect to where they are packed, as at GitHub. */
final class ArchiveRoutes {

  private final Hub hub;
  private final GitRepository repository;
  private final Shapes shapes;

  ArchiveRoutes(Hub hub, Shapes shapes) {
    this.hub = hub;
    this.repository = hub.repository();
    this.shapes = shapes;
  }

  void addTo(RouteTable table) {
    for (String kind : new String[] {"tarball", "zipball"}) {
      String packed = kind.equals("tarball") ? "/legacy.tar.gz/" : "/legacy.zip/";
      table.inRepository("GET", "/" + kind, request -> moved(request, packed, ""));
      table.inRepository(
          "GET", "/" + kind + "/{ref*}", request -> moved(request, packed, request.path("ref")));
    }
    table.inRepository("GET", "/legacy.tar.gz/{ref*}", request -> packed(request, true));
    table.inRepository("GET", "/legacy.zip/{ref*}", request -> packed(request, false));
  }

  private Reply moved(Request request, String packed, String ref) {
    Commit commit = hub.commit(ref.isEmpty() ? repository.defaultBranch() : ref);
    return Reply.empty(302).with("Location", shapes.url(request, packed + commit.sha()));
  }

  private Reply packed(Request request, boolean tar) {
    Commit commit = hub.commit(request.path("ref"));
    String name = repository.name().replace('/', '-') + "-" + commit.sha().substring(0, 7);
    Archive archive = new Archive(repository, commit, name);
    try {
      return Reply.ok(tar ? archive.tarGz() : archive.zip())
          .with("Content-Type", tar ? "application/x-gzip" : "application/zip")
          .with("Content-Disposition", "attachment; filename=" + name + (tar ? ".tar.gz" : ".zip"));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
