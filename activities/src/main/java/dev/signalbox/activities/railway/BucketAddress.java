package dev.signalbox.activities.railway;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a value names a bucket: {@code s3://NAME/…}, or by a page of what keeps it, the bucket before
 * the host or behind it ({@code https://NAME.s3.eu-west-1.amazonaws.com}, {@code
 * https://storage.googleapis.com/NAME}).
 */
final class BucketAddress {
  /** The name is the place, whatever follows it. */
  static final Set<String> SCHEMES = Set.of("s3", "gs", "r2", "az");

  private static final Pattern OWN_SCHEME =
      Pattern.compile(
          "(?:" + String.join("|", SCHEMES) + ")://([^/?#\\s'\",;|]+)", Pattern.CASE_INSENSITIVE);

  /** Amazon's and those who speak as it does, Google's, Cloudflare's, DigitalOcean's. */
  private static final String KEEPER =
      "(?:s3[.-][a-z0-9.-]+|storage\\.googleapis\\.com|[a-z0-9-]+\\.r2\\.cloudflarestorage\\.com"
          + "|[a-z0-9-]+\\.digitaloceanspaces\\.com)(?::[0-9]{1,5})?";

  private static final String PAGE = "https?://(?:[^/@\\s]*@)?";
  private static final String BUCKET = "([a-z0-9][a-z0-9._-]+)";

  private static final Pattern BEFORE_HOST =
      Pattern.compile(PAGE + BUCKET + "\\." + KEEPER + "(?![a-z0-9.:-])", Pattern.CASE_INSENSITIVE);
  private static final Pattern BEHIND_HOST =
      Pattern.compile(PAGE + KEEPER + "/" + BUCKET, Pattern.CASE_INSENSITIVE);

  private BucketAddress() {}

  /** Every one that it names by an address. */
  static Set<String> in(String value) {
    Set<String> found = new HashSet<>();
    for (Pattern form : Set.of(OWN_SCHEME, BEFORE_HOST, BEHIND_HOST)) {
      Matcher address = form.matcher(value);
      while (address.find()) {
        found.add(address.group(1).toLowerCase(Locale.ROOT));
      }
    }
    return found;
  }

  /**
   * Whether a value is or has an address of this bucket: by itself, or as the host's first word.
   */
  static boolean leadsTo(String bucket, String value) {
    return in(value).contains(bucket.toLowerCase(Locale.ROOT))
        || value.contains("://" + bucket + ".");
  }
}
