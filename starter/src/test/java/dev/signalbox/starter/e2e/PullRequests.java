package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.railway.Environment;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.preview.PreviewOrder;
import dev.signalbox.workflows.preview.PreviewStatus;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The pull requests of a house, what people do with them, and what became of their previews. */
record PullRequests(House house) {
  static final String CREATE = "environmentCreate";
  static final String MARK = "variableCollectionUpsert";
  static final String DELETE = "environmentDelete";

  /** Opens one from a branch of this name, with a commit of its own. */
  int open(String branch) {
    var repository = house.sandbox().repository();
    repository.setBranch(branch, repository.tip(House.STAGING).orElseThrow());
    push(branch);
    return house.sandbox().github().openPull(branch, House.STAGING, "A feature", "ben");
  }

  String push(String branch) {
    return house
        .sandbox()
        .pushRelease(
            branch,
            Map.of(
                "backend/feature.txt",
                UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8)),
            "A feature");
  }

  String head(String branch) {
    return house.sandbox().repository().tip(branch).orElseThrow();
  }

  void close(int number) {
    house.sandbox().github().turnPull(number, false, "ben");
  }

  RequestAnswer order(int number, PreviewOrder.Kind kind) {
    return house.client().previews().request(number, kind, "bob", "a test");
  }

  /** Waits until the preview rests so, at this commit where one is named. */
  void await(int number, Stage stage, String revision) {
    PreviewStatus[] last = new PreviewStatus[1];
    Eventually.that(
        () -> name(number) + " is " + stage + "; last seen: " + last[0],
        () -> {
          last[0] = status(number).orElse(last[0]);
          return last[0] != null
              && last[0].stage() == stage
              && (revision == null || revision.equals(last[0].revision()));
        });
  }

  /** Empty also while no worker answers. */
  Optional<PreviewStatus> status(int number) {
    try {
      return house.client().previews().status(number);
    } catch (TroubleException noWorker) {
      return Optional.empty();
    }
  }

  static String name(int number) {
    return "pr-" + number;
  }

  /** Names of the environments of previews that there are; a second of a name stands out. */
  List<String> environments() {
    return house.sandbox().railway().environments().stream()
        .map(Environment::name)
        .filter(name -> name.startsWith("pr-"))
        .sorted()
        .toList();
  }

  /** How many comments of ours stand on it. */
  long comments(int number) {
    return Pattern.compile("<!-- signalbox:")
        .matcher(house.github().get("/issues/" + number + "/comments"))
        .results()
        .count();
  }
}
