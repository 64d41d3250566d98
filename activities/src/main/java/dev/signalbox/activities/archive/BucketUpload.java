package dev.signalbox.activities.archive;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A file of unknown length. What fits into one part is one call; else it is a multipart upload, of
 * which nothing is to be seen before it is completed.
 */
final class BucketUpload extends Upload {
  private static final int MEBIBYTE = 1 << 20;

  /** S3 takes 10,000 parts, each but the last of 5 MiB at least. */
  private static final int FIRST_PARTS = 8 * MEBIBYTE;

  private static final int LATER_PARTS = 64 * MEBIBYTE;

  /** With these files up to 600 GB fit, and small ones need little memory. */
  private static final int MANY = 512;

  private final S3Client client;
  private final BucketCalls calls;
  private final String bucket;
  private final String key;
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] part = new byte[FIRST_PARTS];
  private int filled;
  private String uploadId;
  private boolean complete;

  BucketUpload(S3Client client, BucketCalls calls, String bucket, String key) {
    this.client = client;
    this.calls = calls;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int taken = 0;
    while (taken < length) {
      if (filled == part.length) {
        send();
      }
      int fits = Math.min(part.length - filled, length - taken);
      System.arraycopy(bytes, offset + taken, part, filled, fits);
      filled += fits;
      taken += fits;
    }
  }

  private void send() {
    if (uploadId == null) {
      uploadId =
          calls.answer(
              () ->
                  client
                      .createMultipartUpload(request -> request.bucket(bucket).key(key))
                      .uploadId());
    }
    int number = parts.size() + 1;
    String tag =
        calls.answer(
            () ->
                client
                    .uploadPart(
                        request ->
                            request.bucket(bucket).key(key).uploadId(uploadId).partNumber(number),
                        body())
                    .eTag());
    parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    filled = 0;
    if (parts.size() == MANY) {
      part = new byte[LATER_PARTS];
    }
  }

  /** Can be sent again when an attempt is lost. */
  private RequestBody body() {
    int length = filled;
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(part, 0, length), length, "application/octet-stream");
  }

  @Override
  public void complete() {
    if (uploadId == null) {
      calls.run(() -> client.putObject(request -> request.bucket(bucket).key(key), body()));
    } else {
      if (filled > 0) {
        send();
      }
      calls.run(
          () ->
              client.completeMultipartUpload(
                  request ->
                      request
                          .bucket(bucket)
                          .key(key)
                          .uploadId(uploadId)
                          .multipartUpload(whole -> whole.parts(parts))));
    }
    complete = true;
  }

  @Override
  public void close() {
    if (!complete && uploadId != null) {
      try {
        client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
      } catch (SdkException left) {
        // The next writer of this name removes it.
      }
    }
  }
}
