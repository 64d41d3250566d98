package dev.signalbox.activities.archive;

import dev.signalbox.activities.migration.TestPython;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;

/**
 * What stands in for S3 in the tests: moto, from PyPI. It is widely used and checks requests by
 * Amazon's own descriptions, and it is a test double: it keeps all in memory and checks no
 * signature.
 */
public final class BucketServer {
  private static BucketServer shared;

  private final URI address;

  private BucketServer() throws IOException {
    address =
        URI.create(
            TestPython.serving(
                TestPython.with("bucket", BucketServer.class, "requirements.txt"),
                BucketServer.class,
                "bucket.py"));
  }

  public static synchronized BucketServer shared() {
    if (shared == null) {
      try {
        shared = new BucketServer();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    return shared;
  }

  /** A new, empty archive. */
  public ArchiveStore archive() {
    return new ArchiveSettings("s3://" + bucket() + "/inspector").open(variables());
  }

  /** The name of a new, empty bucket. */
  String bucket() {
    String name = "b" + UUID.randomUUID();
    put("/" + name);
    return name;
  }

  /** What a worker's environment would say of it. */
  Map<String, String> variables() {
    return variables(address.toString());
  }

  static Map<String, String> variables(String endpoint) {
    return Map.of(
        "AWS_ENDPOINT_URL_S3",
        endpoint,
        "AWS_ACCESS_KEY_ID",
        "testing",
        "AWS_SECRET_ACCESS_KEY",
        "canary-of-the-bucket");
  }

  private void put(String path) {
    try {
      int status =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address.resolve(path))
                      .PUT(BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        throw new AssertionError("PUT " + path + ": " + status);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
