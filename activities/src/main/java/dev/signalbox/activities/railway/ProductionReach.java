package dev.signalbox.activities.railway;

import dev.signalbox.activities.railway.RailwayEnvironment.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an environment that people rely on uses, by the values of its variables: its data stores,
 * its buckets, its keys. Says which variables of a base have them too. Values are compared in here
 * and go nowhere.
 */
final class ProductionReach {
  private static final Pattern SECRET =
      Pattern.compile(
          "KEY|SECRET|TOKEN|PASSWORD|PASSWD|PWD|CREDENTIAL|DSN|PRIVATE", Pattern.CASE_INSENSITIVE);
  private static final Pattern BUCKET = Pattern.compile("BUCKET", Pattern.CASE_INSENSITIVE);

  /** Whose host is no mail server and no service of somebody else's. */
  private static final Pattern DATABASE =
      Pattern.compile(
          "(^|_)(PG|POSTGRES|POSTGRESQL|SQL|DB|DATABASE|MYSQL|MARIADB|REDIS|MONGO|MONGODB|RABBITMQ|AMQP"
              + "|CLICKHOUSE|CACHE|QUEUE)(_|HOST|SERVER|ENDPOINT|ADDR|$)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern HOST =
      Pattern.compile(
          "(.*?)_?(HOST|HOSTNAME|HOSTADDR|SERVER|ENDPOINT|ADDR|ADDRESS)(_.*)?$",
          Pattern.CASE_INSENSITIVE);

  /** Short words are the same by chance: {@code postgres}, {@code changeme}. */
  private static final int SHORTEST_KEY = 12;

  private final String environment;
  private final DataStore.Addresses addresses;
  private final List<DataStore> stores = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<String> buckets = new HashSet<>();

  /**
   * @param environment whose it is
   */
  ProductionReach(String environment, DataStore.Addresses addresses) {
    this.environment = environment;
    this.addresses = addresses;
  }

  String environment() {
    return environment;
  }

  /** One of its services has these variables. */
  void uses(Map<String, String> variables) {
    variables.forEach(
        (name, value) -> {
          if (name.startsWith("RAILWAY_")) {
            return;
          }
          stores.addAll(DataStore.in(value));
          buckets.addAll(BucketAddress.in(value));
          if (SECRET.matcher(name).find() && value.length() >= SHORTEST_KEY) {
            keys.add(value);
          }
          if (BUCKET.matcher(name).find() && !value.isBlank()) {
            buckets.add(value);
          }
        });
    variables.keySet().stream()
        .filter(name -> DATABASE.matcher(name).find())
        .map(name -> part(variables, name))
        .flatMap(Optional::stream)
        .forEach(stores::add);
  }

  /** One of its services is reached here from outside, as {@code host:port}. */
  void isReachedAt(String proxy) {
    int colon = proxy.lastIndexOf(':');
    if (colon > 0 && proxy.substring(colon + 1).matches("[0-9]{1,5}")) {
      stores.add(
          new DataStore(
              proxy.substring(0, colon).toLowerCase(Locale.ROOT),
              Integer.parseInt(proxy.substring(colon + 1)),
              ""));
    }
  }

  /**
   * The variables among these that have something of it, each with what that is.
   *
   * @param owned private names that the base's own services have
   */
  Map<String, String> reachedBy(Map<String, String> variables, Set<String> owned) {
    Map<String, String> reached = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (!name.startsWith("RAILWAY_")) {
            what(variables, name, value, owned).ifPresent(what -> reached.put(name, what));
          }
        });
    return reached;
  }

  private Optional<String> what(
      Map<String, String> variables, String name, String value, Set<String> owned) {
    boolean store =
        DataStore.in(value).stream().anyMatch(one -> isUsed(one, owned))
            || part(variables, name).filter(one -> isUsed(one, owned)).isPresent();
    boolean called = BUCKET.matcher(name).find() && buckets.contains(value);
    if (called || buckets.stream().anyMatch(bucket -> BucketAddress.leadsTo(bucket, value))) {
      return Optional.of("names a bucket that " + environment + " uses");
    }
    if (store) {
      return Optional.of("leads to a database that " + environment + " uses");
    }
    if (keys.contains(value)) {
      return Optional.of("is a key that " + environment + " uses");
    }
    return keys.stream().anyMatch(key -> isPart(key, value))
        ? Optional.of("has in it a key that " + environment + " uses")
        : Optional.empty();
  }

  /** An address is no secret, though a variable that holds one may be called a key. */
  private static boolean isPart(String key, String value) {
    if (key.contains("://") || key.indexOf(' ') >= 0) {
      return false;
    }
    for (int at = value.indexOf(key); at >= 0; at = value.indexOf(key, at + 1)) {
      int end = at + key.length();
      boolean alone =
          (at == 0 || !Character.isLetterOrDigit(value.charAt(at - 1)))
              && (end == value.length() || !Character.isLetterOrDigit(value.charAt(end)));
      if (alone) {
        return true;
      }
    }
    return false;
  }

  private boolean isUsed(DataStore one, Set<String> owned) {
    return !(one.isPrivate() && owned.contains(one.host()))
        && stores.stream().anyMatch(used -> used.same(one, addresses));
  }

  /** One that is named in parts: a host, and a port and a database beside it. */
  private static Optional<DataStore> part(Map<String, String> variables, String name) {
    var host = HOST.matcher(name);
    String value = variables.get(name).strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("RAILWAY_")
        || !host.matches()
        || !value.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")) {
      return Optional.empty();
    }
    String prefix = host.group(1);
    int colon = value.indexOf(':');
    String port = colon < 0 ? beside(variables, prefix, "PORT") : value.substring(colon + 1);
    return Optional.of(
        new DataStore(
            colon < 0 ? value : value.substring(0, colon),
            port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : -1,
            beside(variables, prefix, "DATABASE", "DB_NAME", "DBNAME", "DB", "NAME")));
  }

  private static String beside(Map<String, String> variables, String prefix, String... words) {
    for (String word : words) {
      for (String name : List.of(prefix + word, prefix + "_" + word)) {
        if (variables.containsKey(name)) {
          return variables.get(name).strip();
        }
      }
    }
    return "";
  }

  /** The private names of these services. */
  static Set<String> privateNames(List<Instance> instances) {
    Set<String> names = new HashSet<>();
    instances.forEach(
        one -> names.add(one.serviceName().toLowerCase(Locale.ROOT) + ".railway.internal"));
    return names;
  }
}
