package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  @TempDir Path directory;

  @Test
  void leavesNoTokenInHistoriesLogsAndOutputEvenWhenCallsAreRefused() throws IOException {
    try (House house = House.at(directory).workerApart().open()) {
      String token = house.sandbox().railwayToken();
      String hub = house.sandbox().githubToken();
      List<String> runs = new ArrayList<>();
      house.sandbox().faults().add(Rule.of("project", Fault.SERVER_ERROR));
      house
          .sandbox()
          .faults()
          .add(Rule.of("project", Fault.ERRORS).after(1).saying("Bad token " + token));
      house.sandbox().faults().add(Rule.of("POST /repos/{owner}/{repo}/pulls", Fault.SERVER_ERROR));
      runs.add(house.promoteAndApprove(House.PRODUCTION).id());
      house.releaseOnStaging();
      house.sandbox().faults().add(Rule.of(House.MERGE, Fault.SERVER_ERROR).answering(401));
      runs.add(house.promoteAndApprove(House.PRODUCTION).id());
      house.releaseOnStaging();
      house.sandbox().faults().add(Rule.of(House.DEPLOY, Fault.ERRORS).saying("Not Authorized"));
      runs.add(house.promoteAndApprove(House.PRODUCTION).id());
      runs.add(house.deployId(House.PRODUCTION));
      runs.add(EnvironmentWorkflow.id(House.PROJECT, House.PRODUCTION));
      runs.add(EnvironmentWorkflow.id(House.PROJECT, House.STAGING));

      Map<String, String> places = written();
      runs.forEach(
          id -> places.put("history of " + id, house.temporal().fetchHistory(id).toJson(true)));

      assertThat(places.keySet()).anyMatch(place -> place.endsWith("signalbox.log"));
      assertThat(places)
          .allSatisfy((place, text) -> assertThat(text).as(place).doesNotContain(token, hub));
    }
  }

  /** Every file below the directory but the one that exists to hold the tokens. */
  private Map<String, String> written() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("sandbox.env")) {
          texts.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return texts;
  }
}
