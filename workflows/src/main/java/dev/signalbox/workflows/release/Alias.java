package dev.signalbox.workflows.release;

import java.util.List;

/** A digest as two words, so that people can say it. */
final class Alias {
  private static final List<String> FIRST =
      List.of(
          "amber", "brave", "calm", "clear", "crisp", "eager", "early", "fair", "fleet", "gentle",
          "glad", "grand", "keen", "light", "lively", "lucky", "mellow", "merry", "noble", "plain",
          "proud", "quick", "quiet", "rapid", "ready", "sharp", "silver", "steady", "sunny",
          "swift", "warm", "wise");
  private static final List<String> SECOND =
      List.of(
          "badger", "beaver", "crane", "curlew", "dove", "eagle", "falcon", "finch", "fox", "hare",
          "heron", "ibex", "jay", "kestrel", "lark", "lynx", "marten", "merlin", "otter", "owl",
          "plover", "puffin", "raven", "robin", "seal", "stoat", "swallow", "swan", "tern",
          "thrush", "vole", "wren");

  private Alias() {}

  static String of(String digest) {
    int number = Integer.parseInt(digest.substring(0, 6), 16);
    return FIRST.get(number % FIRST.size())
        + "-"
        + SECOND.get(number / FIRST.size() % SECOND.size());
  }
}
