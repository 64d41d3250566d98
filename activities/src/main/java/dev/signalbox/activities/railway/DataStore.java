package dev.signalbox.activities.railway;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where data lies: a database, a cache, a queue, a bucket, as the value of a variable names it.
 *
 * @param host in lower case
 * @param port -1 = not said, and none is usual
 * @param database empty = not said: then any of that host and port is meant
 */
record DataStore(String host, int port, String database) {
  private static final String SCHEME = "[A-Za-z][A-Za-z0-9+.-]*://";

  /** The next of several begins behind this. */
  private static final String NEXT = "(?![,;|]" + SCHEME + ")";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*)://((?:"
              + NEXT
              + "[^/?#\\s'\"])+)(?:/((?:"
              + NEXT
              + "[^?#\\s'\"])*))?(\\?(?:"
              + NEXT
              + "\\S)*)?");

  /** As libpq and the ODBC drivers take it: {@code host=db port=5432 dbname=shop}. */
  private static final Pattern PAIRS =
      Pattern.compile(
          "(?:^|[\\s;?&])(?:host|server)\\s*=\\s*([^\\s;&]+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern PORT =
      Pattern.compile("(?:^|[\\s;?&])port\\s*=\\s*([0-9]{1,5})", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "(?:^|[\\s;?&])(?:dbname|database)\\s*=\\s*([^\\s;&]+)", Pattern.CASE_INSENSITIVE);

  /** What is served to everybody; its host is a mark of its environment, or nobody's. */
  private static final Set<String> PAGES = Set.of("http", "https", "ws", "wss");

  private static final Map<String, Integer> PORTS =
      Map.of(
          "postgres", 5432,
          "postgresql", 5432,
          "mysql", 3306,
          "mariadb", 3306,
          "redis", 6379,
          "rediss", 6379,
          "mongodb", 27017,
          "amqp", 5672,
          "amqps", 5671);

  DataStore {
    host = decoded(host).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    database = decoded(database);
  }

  /** As drivers read an address: any character of it may stand there as {@code %41}. */
  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException literal) {
      return part;
    }
  }

  /** Every one that a value names. */
  static List<DataStore> in(String value) {
    List<DataStore> found = new ArrayList<>();
    Matcher address = ADDRESS.matcher(value);
    while (address.find()) {
      String scheme = address.group(1).toLowerCase(Locale.ROOT).replaceAll("\\+.*", "");
      if (!PAGES.contains(scheme)) {
        add(found, scheme, address);
      }
    }
    if (found.isEmpty()) {
      Matcher host = PAIRS.matcher(value);
      if (host.find()) {
        found.add(
            new DataStore(
                host.group(1),
                first(PORT, value).map(Integer::parseInt).orElse(-1),
                first(NAME, value).orElse("")));
      }
    }
    return found;
  }

  private static void add(List<DataStore> found, String scheme, Matcher address) {
    String authority = address.group(2).substring(address.group(2).lastIndexOf('@') + 1);
    String path =
        address.group(3) == null || BucketAddress.SCHEMES.contains(scheme) ? "" : address.group(3);
    for (String place : authority.split(",", -1)) {
      boolean ported = place.matches(".*:[0-9]{1,5}");
      int colon = ported ? place.lastIndexOf(':') : place.length();
      String host = place.substring(0, colon);
      if (!host.isEmpty()) {
        found.add(
            new DataStore(
                host,
                ported
                    ? Integer.parseInt(place.substring(colon + 1))
                    : PORTS.getOrDefault(scheme, -1),
                path));
      }
    }
  }

  private static Optional<String> first(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether its name means another place in each environment. */
  boolean isPrivate() {
    return host.endsWith(".railway.internal");
  }

  /** Whether both are one place. */
  boolean same(DataStore other, Addresses addresses) {
    boolean databases =
        database.isEmpty() || other.database.isEmpty() || database.equals(other.database);
    boolean ports = port == other.port || port < 0 || other.port < 0;
    return databases && ports && sameHost(other, addresses);
  }

  boolean sameHost(DataStore other, Addresses addresses) {
    return host.equals(other.host)
        || (!isPrivate()
            && !other.isPrivate()
            && addresses.of(host).stream().anyMatch(addresses.of(other.host)::contains));
  }

  /** What names stand for; each is asked for once. */
  static final class Addresses {
    private final Map<String, Set<String>> known = new HashMap<>();
    private final Function<String, Set<String>> lookup;

    Addresses() {
      this(Addresses::lookUp);
    }

    Addresses(Function<String, Set<String>> lookup) {
      this.lookup = lookup;
    }

    Set<String> of(String host) {
      return known.computeIfAbsent(host, lookup);
    }

    private static Set<String> lookUp(String host) {
      Set<String> found = new HashSet<>();
      try {
        for (InetAddress one : InetAddress.getAllByName(host)) {
          found.add(one.getHostAddress());
        }
      } catch (UnknownHostException nowhere) {
        // It leads nowhere from here; its name alone is compared.
        found.clear();
      }
      return found;
    }
  }
}
