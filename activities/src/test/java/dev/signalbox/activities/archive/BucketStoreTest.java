package dev.signalbox.activities.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.archive.ArchiveException.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Over HTTP against moto, a test double of S3 (see {@link BucketServer}). */
class BucketStoreTest extends ArchiveStoreContract {
  private static final BucketServer SERVER = BucketServer.shared();

  private final String bucket = SERVER.bucket();

  @Override
  ArchiveStore store() {
    return open(bucket, SERVER.variables());
  }

  @Override
  ArchiveStore again() {
    return store();
  }

  @Override
  int unfinished() {
    try (S3Client client = new BucketAccess(SERVER.variables()).client()) {
      return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().size();
    }
  }

  @Test
  void keepsItsFilesBelowThePrefix() {
    put("receipt.json", bytes("{}"));

    try (ArchiveStore whole = new ArchiveSettings("s3://" + bucket).open(SERVER.variables())) {
      assertThat(whole.list(""))
          .extracting(ArchiveStore.Entry::name)
          .containsExactly("inspector/x/receipt.json");
    }
    assertThat(store().place("receipt.json"))
        .hasToString("s3://" + bucket + "/inspector/x/receipt.json");
  }

  @Test
  void namesABucketThatThereIsNot() {
    assertThatThrownBy(() -> open("no-such-bucket", SERVER.variables()).begin("one"))
        .isInstanceOfSatisfying(
            ArchiveException.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("s3://no-such-bucket/inspector/x/one")
        .hasMessageContaining("NoSuchBucket");
  }

  @Test
  void saysThatNobodyAnswers() {
    assertThatThrownBy(() -> open(bucket, BucketServer.variables("http://127.0.0.1:1")).list(""))
        .isInstanceOfSatisfying(
            ArchiveException.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.UNREACHABLE))
        .hasMessageContaining("Connection refused")
        .hasMessageContaining("AWS_ENDPOINT_URL_S3")
        .hasMessageNotContaining("canary");
  }

  private static ArchiveStore open(String bucket, Map<String, String> variables) {
    return new ArchiveSettings("s3://" + bucket + "/inspector/x/").open(variables);
  }
}
