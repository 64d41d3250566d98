package dev.signalbox.workflows.railway;

import dev.signalbox.workflows.policy.PreviewProvider;

/**
 * Which pull request an environment is of, and who makes it.
 *
 * @param repository {@code owner/name}
 */
public record PullOwner(PreviewProvider provider, String repository, int number) {
  /** Whether Railway itself makes and removes it. */
  public boolean railway() {
    return provider == PreviewProvider.RAILWAY;
  }

  /** Whether what Railway says of an environment means this pull request. */
  public boolean meant(Integer pull, String pullRepository) {
    return pull != null
        && pull == number
        && (pullRepository == null || pullRepository.equalsIgnoreCase(repository));
  }
}
