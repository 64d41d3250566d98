package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GitHubIssuesTest extends GitHubTest {
  private long issue(String title) {
    return server
        .post("/issues", "{'title':'" + title + "','labels':['bug','incident']}")
        .at("/number")
        .asLong();
  }

  private long pull() {
    server.commit("staging", "app.txt", "two\n");
    return server
        .post("/pulls", "{'head':'staging','base':'main','title':'Promote'}")
        .at("/number")
        .asLong();
  }

  @Test
  void listsIssuesAndPullRequestsByLabelAndState() {
    long issue = issue("Broken");
    long pull = pull();
    server.post("/issues/" + pull + "/labels", "{'labels':['Incident']}");

    GitHubServer.Answer labelled = server.get("/issues?labels=incident&state=open");

    assertThat(labelled.json()).hasSize(2);
    assertThat(labelled.at("/0/number").asLong()).isEqualTo(pull);
    assertThat(labelled.at("/0/pull_request/url").asText()).endsWith("/pulls/" + pull);
    assertThat(labelled.at("/1").has("pull_request")).isFalse();
    assertThat(server.get("/pulls/" + pull).at("/labels/0/name").asText()).isEqualTo("incident");
    server.patch("/issues/" + issue, "{'state':'closed','state_reason':'not_planned'}");
    assertThat(server.get("/issues?labels=incident").json()).hasSize(1);
    assertThat(server.get("/issues/" + issue).at("/state_reason").asText())
        .isEqualTo("not_planned");
  }

  @Test
  void takesALabelOffOnce() {
    long issue = issue("Broken");

    assertThat(server.delete("/issues/" + issue + "/labels/BUG").json()).hasSize(1);
    assertThat(server.delete("/issues/" + issue + "/labels/bug").at("/message").asText())
        .isEqualTo("Label does not exist");
  }

  @Test
  void takesLabelsAsABareListToo() {
    long issue = issue("Broken");

    GitHubServer.Answer answer = server.put("/issues/" + issue + "/labels", "['question']");

    assertThat(answer.at("/0/name").asText()).isEqualTo("question");
    assertThat(answer.json()).hasSize(1);
  }

  @Test
  void renamesALabelOnTheIssuesThatHaveIt() {
    long issue = issue("Broken");

    server.patch("/labels/incident", "{'new_name':'outage','color':'ff0000'}");

    assertThat(server.get("/issues/" + issue).at("/labels/1/name").asText()).isEqualTo("outage");
    assertThat(server.get("/labels/incident").status()).isEqualTo(404);
    assertThat(server.post("/labels", "{'name':'Outage'}").at("/errors/0/code").asText())
        .isEqualTo("already_exists");
  }

  @Test
  void closesAPullRequestThatIsClosedAsAnIssue() {
    long pull = pull();

    server.patch("/issues/" + pull, "{'state':'closed'}");

    assertThat(server.get("/pulls/" + pull).at("/state").asText()).isEqualTo("closed");
  }

  private int found(String query) {
    return server
        .call("GET", "/api/v3/search/issues?q=" + query.replace(" ", "%20"), null)
        .at("/total_count")
        .asInt();
  }

  @Test
  void findsByWordsAndQualifiersWhatTheIndexHasSeen() {
    server.github.searchLag(Duration.ofMinutes(1));
    long issue = issue("The backend is broken");
    pull();

    assertThat(found("backend is:issue")).isZero();
    server.clock.advance(Duration.ofMinutes(2));

    assertThat(found("repo:acme/inspector backend is:issue label:incident")).isEqualTo(1);
    assertThat(found("repo:acme/inspector is:pr base:main")).isEqualTo(1);
    assertThat(found("repo:acme/other backend")).isZero();
    assertThat(found("-label:incident is:open")).isEqualTo(1);
    server.patch("/issues/" + issue, "{'state':'closed'}");
    assertThat(found("is:issue is:open")).as("the index is behind").isEqualTo(1);
    server.clock.advance(Duration.ofMinutes(2));
    assertThat(found("is:issue is:open")).isZero();
  }

  @Test
  void countsSearchesByThemselves() {
    GitHubServer.Answer search = server.call("GET", "/api/v3/search/issues?q=is:issue", null);

    assertThat(search.headers().get("x-ratelimit-resource")).isEqualTo("search");
    assertThat(search.headers().get("x-ratelimit-limit")).isEqualTo("30");
    assertThat(search.headers().get("x-ratelimit-remaining")).isEqualTo("29");
    assertThat(server.get("").headers().get("x-ratelimit-remaining")).isEqualTo("4999");
  }

  @Test
  void refusesASearchForNothing() {
    assertThat(server.call("GET", "/api/v3/search/issues", null).status()).isEqualTo(422);
  }

  @Test
  void putsAReactionOnACommentOnce() {
    long issue = issue("Broken");
    long comment =
        server.post("/issues/" + issue + "/comments", "{'body':'hello'}").at("/id").asLong();
    String reactions = "/issues/comments/" + comment + "/reactions";

    GitHubServer.Answer first = server.post(reactions, "{'content':'eyes'}");
    GitHubServer.Answer second = server.post(reactions, "{'content':'eyes'}");

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.at("/id")).isEqualTo(first.at("/id"));
    assertThat(server.get(reactions).json()).hasSize(1);
    assertThat(server.post(reactions, "{'content':'shrug'}").status()).isEqualTo(422);
  }
}
