package dev.signalbox.activities.archive;

import dev.signalbox.activities.archive.ArchiveException.Kind;
import dev.signalbox.activities.http.ForeignText;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** One thing that is done to a bucket, and what its failures mean. */
final class BucketCalls {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int STORAGE_FULL = 507;

  /** Codes of servers that have a disk of their own: MinIO, Ceph, Garage. */
  private static final Set<String> FULL_CODES =
      Set.of("XMinioStorageFull", "StorageFull", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded");

  private final String tried;
  private final String on;

  BucketCalls(String tried, String on) {
    this.tried = tried;
    this.on = on;
  }

  void run(Runnable call) {
    answer(
        () -> {
          call.run();
          return null;
        });
  }

  <T> T answer(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException refused) {
      throw meaning(refused);
    } catch (SdkException silent) {
      throw new ArchiveException(
          Kind.UNREACHABLE,
          tried,
          on,
          words(silent.getMessage()),
          "Check AWS_ENDPOINT_URL_S3, AWS_REGION and the credentials (AWS_ACCESS_KEY_ID,"
              + " AWS_SECRET_ACCESS_KEY) of the worker.",
          silent);
    }
  }

  private ArchiveException meaning(AwsServiceException refused) {
    String code = refused.awsErrorDetails() == null ? "" : refused.awsErrorDetails().errorCode();
    String answer =
        words(
            code
                + " (HTTP "
                + refused.statusCode()
                + ")"
                + (refused.awsErrorDetails() == null
                    ? ""
                    : ": " + refused.awsErrorDetails().errorMessage()));
    int status = refused.statusCode();
    if (status == STORAGE_FULL || FULL_CODES.contains(code)) {
      return failure(Kind.FULL, "the bucket is full, " + answer, "Make room.", refused);
    }
    if ("NoSuchBucket".equals(code)) {
      return failure(
          Kind.REFUSED, answer, "Make the bucket, or name another in [archive] store.", refused);
    }
    if (status == NOT_FOUND) {
      return failure(Kind.NOT_FOUND, "there is no such file", "", refused);
    }
    if (status >= SERVER_ERROR || status == TOO_MANY) {
      return failure(Kind.UNREACHABLE, answer, "It is tried again.", refused);
    }
    return failure(
        Kind.REFUSED,
        answer,
        status == FORBIDDEN
            ? "Check the worker's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that they may"
                + " read, write, list and delete there."
            : "Check the bucket's name, region and endpoint.",
        refused);
  }

  private ArchiveException failure(Kind kind, String answer, String next, Throwable cause) {
    return new ArchiveException(kind, tried, on, answer, next, cause);
  }

  /** The SDK's messages end with sentences about its own attempts and request ids. */
  private static String words(String message) {
    return ForeignText.ofAnswer(
        String.valueOf(message)
            .replaceAll("\\s*\\(SDK Attempt Count: [0-9]+\\)", "")
            .replaceAll("[.\\s]+$", ""));
  }
}
