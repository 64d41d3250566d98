package dev.signalbox.sandbox.github;

import java.util.LinkedHashMap;
import java.util.Map;

/** What of the repository's settings an answer shows and {@code PATCH /repos/…} changes. */
final class RepositoryOptions {

  private final Map<String, Boolean> flags = new LinkedHashMap<>();

  RepositoryOptions() {
    flags.put("allow_merge_commit", true);
    flags.put("allow_squash_merge", false);
    flags.put("allow_rebase_merge", false);
    flags.put("allow_auto_merge", false);
    flags.put("delete_branch_on_merge", false);
  }

  /** Those whose name is known here; others are kept by GitHub and mean nothing here. */
  void take(Request request) {
    flags.replaceAll((name, present) -> request.flag(name, present));
  }

  boolean allows(String method) {
    String name = method.equals("merge") ? "allow_merge_commit" : "allow_" + method + "_merge";
    return flags.getOrDefault(name, false);
  }

  Map<String, Boolean> shown() {
    return Map.copyOf(flags);
  }
}
