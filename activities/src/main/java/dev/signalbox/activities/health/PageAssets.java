package dev.signalbox.activities.health;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The style sheets and scripts that a page names. Those of its own origin belong to the release and
 * must load; those elsewhere are somebody else's and are only counted.
 *
 * @param own at most a hundred
 * @param elsewhere how many are on other hosts
 */
record PageAssets(List<Asset> own, int elsewhere) {
  private static final int MOST = 100;
  private static final int MOST_MOVES = 3;

  static PageAssets of(Document html, HttpUrl page) {
    Map<HttpUrl, Asset> own = new LinkedHashMap<>();
    int elsewhere = 0;
    for (Element element :
        html.select("link[rel~=(?i)\\b(stylesheet|modulepreload)\\b][href], script[src]")) {
      boolean script = element.normalName().equals("script");
      HttpUrl url = HttpUrl.parse(element.absUrl(script ? "src" : "href"));
      if (url == null || (script && !runs(element.attr("type")))) {
        continue;
      }
      boolean sheet =
          !script && element.attr("rel").toLowerCase(Locale.ROOT).contains("stylesheet");
      if (!sameOrigin(url, page)) {
        elsewhere++;
      } else if (own.size() < MOST) {
        own.putIfAbsent(url, new Asset(url, sheet));
      }
    }
    return new PageAssets(List.copyOf(own.values()), elsewhere);
  }

  /** Whether a browser takes it for a script; others hold data or templates. */
  private static boolean runs(String type) {
    String kind = type.strip().toLowerCase(Locale.ROOT);
    return kind.isEmpty() || kind.equals("module") || script(kind);
  }

  private static boolean script(String type) {
    return type.contains("javascript") || type.contains("ecmascript");
  }

  private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.host().equals(other.host())
        && one.port() == other.port()
        && one.scheme().equals(other.scheme());
  }

  String words() {
    return own.size()
        + " style sheets and scripts load"
        + (elsewhere == 0 ? "" : ", " + elsewhere + " on other hosts not asked");
  }

  /**
   * One of them.
   *
   * @param sheet a style sheet; else a script
   */
  record Asset(HttpUrl url, boolean sheet) {

    Finding load(Visit visit, Duration timeout) {
      String accept = sheet ? "text/css, */*" : "*/*";
      try {
        Visit.Answer answer = visit.get(url, accept, timeout, 0);
        for (int moves = 0; moves < MOST_MOVES; moves++) {
          HttpUrl next = answer.movedTo();
          if (next == null || !sameOrigin(next, url)) {
            return judge(answer);
          }
          answer = visit.get(next, accept, timeout, 0);
        }
        return judge(answer);
      } catch (IOException e) {
        return Visit.nothing(url, e);
      }
    }

    private Finding judge(Visit.Answer answer) {
      String got = url.encodedPath() + " answers " + answer.status();
      if (answer.status() < 200 || answer.status() >= 300) {
        return new Finding(Answers.reading(answer.status()), got + Answers.moved(answer));
      }
      String type = answer.type() == null ? null : answer.type().toString();
      // Servers of single-page applications answer what is gone with their start page.
      return right(type)
          ? new Finding(Reading.GOOD, got)
          : new Finding(
              Reading.BAD,
              got + " with " + Quotes.of(type) + ", no " + (sheet ? "style sheet" : "script"));
    }

    private boolean right(String type) {
      if (type == null) {
        return true;
      }
      String kind = type.toLowerCase(Locale.ROOT);
      return sheet
          ? kind.startsWith("text/css")
          : script(kind) || kind.startsWith("application/wasm");
    }
  }
}
