package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.policy.PageCheck;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import okhttp3.HttpUrl;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Opens a page as somebody does who comes for the first time: its status, its text, and whether the
 * style sheets and scripts that it names can be had where it says.
 */
final class PageProbe {
  private static final int LARGEST_PAGE = 2 * 1024 * 1024;
  private static final int MOST_MOVES = 5;
  private static final int AT_THE_SAME_TIME = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Visit visit;
  private final ExecutorService requests =
      Executors.newFixedThreadPool(AT_THE_SAME_TIME, PageProbe::daemon);

  PageProbe(Visit visit) {
    this.visit = visit;
  }

  private static Thread daemon(Runnable task) {
    ThreadFactory threads = Executors.defaultThreadFactory();
    Thread thread = threads.newThread(task);
    thread.setName("signalbox-page");
    thread.setDaemon(true);
    return thread;
  }

  Probed probe(Target target, Instant at) {
    Finding finding = find(target);
    for (int again = 0; again < target.retries() && finding.reading() == Reading.ERROR; again++) {
      finding = find(target);
    }
    return new Probed(
        new Sample(target.service(), finding.reading(), expected(target.page()), finding.got(), at),
        finding.certificateEnds());
  }

  private static String expected(PageCheck page) {
    return page.status()
        + " from "
        + page.path()
        + (page.contains() == null ? "" : ", containing \"" + page.contains() + "\"")
        + (page.assets() ? ", with its style sheets and scripts" : "");
  }

  private Finding find(Target target) {
    HttpUrl base = HttpUrl.parse(target.url());
    HttpUrl url = base == null ? null : base.resolve(target.page().path());
    if (url == null) {
      return new Finding(Reading.INCONCLUSIVE, "no address: '" + target.url() + "'");
    }
    Duration timeout = target.timeout() == null ? TIMEOUT : target.timeout();
    try {
      Visit.Answer answer = open(url, target.page(), timeout);
      return judge(target.page(), answer, timeout).by(answer);
    } catch (IOException e) {
      return Visit.nothing(url, e);
    }
  }

  /** The page where its redirects end; those to another host end here. */
  private Visit.Answer open(HttpUrl url, PageCheck page, Duration timeout) throws IOException {
    Visit.Answer answer = visit.get(url, "text/html, */*", timeout, LARGEST_PAGE);
    for (int moves = 0; moves < MOST_MOVES; moves++) {
      HttpUrl next = answer.movedTo();
      if (answer.status() == page.status() || next == null || !next.host().equals(url.host())) {
        return answer;
      }
      answer = visit.get(next, "text/html, */*", timeout, LARGEST_PAGE);
    }
    return answer;
  }

  private Finding judge(PageCheck page, Visit.Answer answer, Duration timeout) {
    String got = answer.status() + " from " + answer.url().encodedPath();
    if (answer.status() != page.status()) {
      return new Finding(Answers.reading(answer.status()), got + Answers.moved(answer));
    }
    Document html = Jsoup.parse(answer.body(), answer.url().toString());
    String wanted = page.contains();
    if (wanted != null && !answer.body().contains(wanted) && !html.text().contains(wanted)) {
      return answer.cut()
          ? new Finding(Reading.INCONCLUSIVE, got + ", without it in its first two megabytes")
          : new Finding(Reading.BAD, got + ", without it: " + Quotes.of(html.text()));
    }
    return page.assets() ? assets(got, PageAssets.of(html, answer.url()), timeout) : good(got);
  }

  private static Finding good(String got) {
    return new Finding(Reading.GOOD, got);
  }

  private Finding assets(String got, PageAssets assets, Duration timeout) {
    if (assets.own().isEmpty()) {
      return new Finding(
          Reading.INCONCLUSIVE, got + ", which names no style sheet or script of its own");
    }
    List<CompletableFuture<Finding>> asked =
        assets.own().stream()
            .map(asset -> CompletableFuture.supplyAsync(() -> asset.load(visit, timeout), requests))
            .toList();
    Finding worst = good("");
    for (CompletableFuture<Finding> one : asked) {
      worst = Answers.worse(worst, one.join());
    }
    return worst.good()
        ? good(got + ", " + assets.words())
        : new Finding(worst.reading(), got + ", but " + worst.got());
  }
}
