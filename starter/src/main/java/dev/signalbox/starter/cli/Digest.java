package dev.signalbox.starter.cli;

/** How digests are shown. */
final class Digest {
  private static final int ENOUGH_FOR_PEOPLE = 12;

  private Digest() {}

  /** As many digits as an answer needs. */
  static String brief(String digest) {
    return digest.substring(0, Math.min(ENOUGH_FOR_PEOPLE, digest.length()));
  }
}
