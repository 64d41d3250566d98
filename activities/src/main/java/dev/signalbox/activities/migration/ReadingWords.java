package dev.signalbox.activities.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** How far the reading of a project's revisions is, in words. */
final class ReadingWords {
  private final Consumer<String> words;
  private int pending;
  private int begun;

  ReadingWords(Consumer<String> words) {
    this.words = words;
    words.accept("starting the project's Alembic");
  }

  void heard(String line) {
    JsonNode answer = AlembicRunner.read(line);
    if (answer.has("pending")) {
      pending = answer.path("pending").size();
      words.accept("reading " + revisions());
    } else if (answer.has("reading")) {
      begun++;
      words.accept(
          "reading " + revisions() + ", at " + begun + ": " + answer.path("reading").asText());
    }
  }

  private String revisions() {
    return pending + (pending == 1 ? " revision" : " revisions");
  }
}
