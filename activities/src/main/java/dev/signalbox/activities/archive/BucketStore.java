package dev.signalbox.activities.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of Amazon S3 or of what speaks as it does. The client is made at the first use: its
 * classes cost a second that a worker without backups need not wait.
 *
 * <p>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/
 */
final class BucketStore implements ArchiveStore {
  private static final int NOT_FOUND = 404;

  private final String bucket;
  private final String prefix;
  private final BucketAccess access;
  private S3Client client;

  /**
   * @param prefix of all names; empty, or without slashes at its ends
   */
  BucketStore(String bucket, String prefix, BucketAccess access) {
    this.bucket = bucket;
    this.prefix = prefix.isEmpty() ? "" : prefix + "/";
    this.access = access;
  }

  @Override
  public Upload begin(String name) {
    String key = key(name);
    BucketCalls calls = calls("Writing to the archive", name);
    calls.run(() -> abandonUnfinished(key));
    return new BucketUpload(client(), calls, bucket, key);
  }

  // Parts of an upload that was never completed are paid for and shown nowhere.
  private void abandonUnfinished(String key) {
    for (MultipartUpload left :
        client().listMultipartUploads(request -> request.bucket(bucket).prefix(key)).uploads()) {
      if (left.key().equals(key)) {
        client()
            .abortMultipartUpload(
                request -> request.bucket(bucket).key(key).uploadId(left.uploadId()));
      }
    }
  }

  @Override
  public InputStream get(String name) {
    String key = key(name);
    ResponseInputStream<GetObjectResponse> object =
        calls("Reading from the archive", name)
            .answer(() -> client().getObject(request -> request.bucket(bucket).key(key)));
    return new FilterInputStream(object) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
      }

      @Override
      public void close() {
        // Not close(): that would read the rest of a dump that nobody wants.
        object.abort();
      }
    };
  }

  @Override
  public List<Entry> list(String wanted) {
    return calls("Listing the archive", wanted)
        .answer(
            () -> {
              List<Entry> entries = new ArrayList<>();
              for (S3Object object :
                  client()
                      .listObjectsV2Paginator(
                          request -> request.bucket(bucket).prefix(prefix + wanted))
                      .contents()) {
                entries.add(
                    new Entry(
                        object.key().substring(prefix.length()),
                        object.size(),
                        object.lastModified()));
              }
              entries.sort(Comparator.comparing(Entry::name));
              return List.copyOf(entries);
            });
  }

  @Override
  public void delete(String name) {
    String key = key(name);
    calls("Removing from the archive", name)
        .run(() -> client().deleteObject(request -> request.bucket(bucket).key(key)));
  }

  @Override
  public Optional<Long> size(String name) {
    String key = key(name);
    return calls("Reading from the archive", name)
        .answer(
            () -> {
              try {
                return Optional.of(
                    client()
                        .headObject(request -> request.bucket(bucket).key(key))
                        .contentLength());
              } catch (S3Exception answer) {
                // HEAD has no body, so nothing but the status says so.
                if (answer.statusCode() == NOT_FOUND) {
                  return Optional.<Long>empty();
                }
                throw answer;
              }
            });
  }

  @Override
  public URI place(String name) {
    return URI.create("s3://" + bucket + "/" + key(name));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private synchronized S3Client client() {
    if (client == null) {
      client = access.client();
    }
    return client;
  }

  private BucketCalls calls(String tried, String name) {
    return new BucketCalls(tried, "s3://" + bucket + "/" + prefix + name);
  }

  private String key(String name) {
    return prefix + ArchiveName.of(name);
  }
}
