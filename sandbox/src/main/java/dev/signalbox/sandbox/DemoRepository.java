package dev.signalbox.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The demo's repository: a backend and a frontend. {@code main} holds the first commit, {@code
 * staging} is one ahead; the branches of further environments stand where {@code main} does.
 */
final class DemoRepository {
  private static final String BEHAVIOUR =
      """
      # How the sandbox runs this service; docs/reference/sandbox.md lists the keys.
      checks = { python-ci = "success" }
      """;
  private static final String APPLICATION =
      """
      import os


      def health():
          return {"status": "ok", "version": os.environ["RAILWAY_GIT_COMMIT_SHA"]}
      """;
  private static final String INSPECTIONS =
      """


      def inspections():
          return []
      """;
  private static final String PACKAGE =
      """
      {
        "name": "inspector-frontend",
        "private": true,
        "scripts": { "start": "serve ." }
      }
      """;
  private static final String PAGE =
      """
      <!doctype html>
      <title>Inspector</title>
      <h1>Inspector</h1>
      """;

  private DemoRepository() {}

  /**
   * @param branches in the order of promotion: staging first, main last
   */
  static void fill(Repository repository, List<String> branches) {
    String staging = branches.get(0);
    String main = branches.get(branches.size() - 1);
    Map<String, byte[]> files = new LinkedHashMap<>();
    put(files, "README.md", "# Inspector\n\nA backend and a frontend.\n");
    put(files, "backend/main.py", APPLICATION);
    put(files, "backend/requirements.txt", "fastapi\n");
    put(files, "backend/sandbox.toml", BEHAVIOUR);
    put(files, "frontend/package.json", PACKAGE);
    put(files, "frontend/index.html", PAGE);
    put(files, "frontend/sandbox.toml", BEHAVIOUR);
    String first = repository.push(main, files, "Inspect what was deployed");
    branches.stream()
        .filter(branch -> !branch.equals(main) && !branch.equals(staging))
        .forEach(branch -> repository.setBranch(branch, first));
    if (!staging.equals(main)) {
      repository.setBranch(staging, first);
      Map<String, byte[]> next = new LinkedHashMap<>();
      put(next, "backend/main.py", APPLICATION + INSPECTIONS);
      repository.push(staging, next, "List the inspections");
    }
  }

  private static void put(Map<String, byte[]> files, String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
  }
}
