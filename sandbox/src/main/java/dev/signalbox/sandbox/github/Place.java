package dev.signalbox.sandbox.github;

/** From where something is read: the addresses in it begin there, so that they lead back. */
interface Place {

  /** What the reader puts before {@code /repos}. */
  String base();

  /** From 2026-03-10 on pull requests have no {@code merge_commit_sha}. */
  boolean before2026();

  /** The site's own pages; nothing is served there. */
  default String site() {
    return base().endsWith(Bases.PREFIX)
        ? base().substring(0, base().length() - Bases.PREFIX.length())
        : base();
  }

  /** For what nobody asked for: the body of a webhook. */
  static Place at(String base) {
    return new Place() {
      @Override
      public String base() {
        return base;
      }

      @Override
      public boolean before2026() {
        return true;
      }
    };
  }
}
