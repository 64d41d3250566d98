package dev.signalbox.activities.archive;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How a bucket is reached: by AWS's own variables ({@code AWS_ENDPOINT_URL_S3} or {@code
 * AWS_ENDPOINT_URL}, {@code AWS_REGION}, {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY},
 * {@code AWS_SESSION_TOKEN}); where they name no credentials, as AWS's tools find them (profile,
 * container, instance).
 */
final class BucketAccess {
  private static final Duration CONNECTION = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Map<String, String> variables;

  BucketAccess(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  S3Client client() {
    String endpoint = first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
    String region = first("AWS_REGION", "AWS_DEFAULT_REGION");
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECTION)
                    .socketTimeout(SILENCE))
            // Servers that only speak as S3 does refuse the trailers that the SDK would add; what
            // is stored is compared by our own SHA-256.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(credentials());
    if (endpoint != null) {
      // Hosts of one's own rarely have a name for each bucket.
      builder.endpointOverride(URI.create(endpoint)).forcePathStyle(true);
    }
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint != null) {
      builder.region(Region.US_EAST_1);
    }
    return builder.build();
  }

  private AwsCredentialsProvider credentials() {
    String id = first("AWS_ACCESS_KEY_ID");
    String secret = first("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    String session = first("AWS_SESSION_TOKEN");
    return StaticCredentialsProvider.create(
        session == null
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, session));
  }

  private String first(String... names) {
    for (String name : names) {
      String value = variables.get(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }
}
