package dev.signalbox.activities.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.PatientPattern;
import dev.signalbox.workflows.github.FileVersions.FileVersion;
import dev.signalbox.workflows.github.FileVersions.VersionPlace;
import dev.signalbox.workflows.release.ShortCommit;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Versions in files of the repository. */
final class VersionFileReading {
  private static final int REMEMBERED = 500;
  private static final int LARGEST_FILE = 1_000_000;
  private static final int LONGEST_VERSION = 100;

  private final GitHubClient github;

  private final Map<Asked, FileVersion> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Asked, FileVersion> eldest) {
              return size() > REMEMBERED;
            }
          });

  private record Asked(Repository repository, VersionPlace place) {}

  VersionFileReading(GitHubClient github) {
    this.github = github;
  }

  /** A commit does not change, so each is asked for once. */
  FileVersion read(Repository repository, VersionPlace place) {
    Asked asked = new Asked(repository, place);
    FileVersion before = known.get(asked);
    if (before != null) {
      return before;
    }
    FileVersion read = ask(repository, place);
    known.put(asked, read);
    return read;
  }

  private FileVersion ask(Repository repository, VersionPlace place) {
    JsonNode file;
    try {
      file = github.contents(repository, place.file(), place.revision());
    } catch (ApiException e) {
      if (e.is(Kind.NOT_FOUND)) {
        return none(place, "is not there");
      }
      throw e;
    }
    if (!file.path("type").asText().equals("file")) {
      return none(place, "is no file");
    }
    if (file.path("size").asLong() > LARGEST_FILE
        || !file.path("encoding").asText().equals("base64")) {
      return none(place, "is larger than a megabyte");
    }
    String text =
        new String(
            Base64.getMimeDecoder().decode(file.path("content").asText()), StandardCharsets.UTF_8);
    return new PatientPattern(place.pattern())
        .find(text)
        .map(String::strip)
        .filter(version -> !version.isEmpty() && version.length() <= LONGEST_VERSION)
        .map(version -> new FileVersion(place.service(), place.revision(), version, null))
        .orElseGet(() -> none(place, "has nothing that matches " + place.pattern()));
  }

  private static FileVersion none(VersionPlace place, String why) {
    String at = ShortCommit.of(place.revision());
    return new FileVersion(
        place.service(), place.revision(), null, place.file() + " of " + at + " " + why);
  }
}
