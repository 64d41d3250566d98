package dev.signalbox.sandbox.git;

import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A commit as git holds it.
 *
 * @param tree the SHA of its tree: equal trees are equal content
 * @param parents empty for a root commit; the first one is the branch that was merged into
 */
public record Commit(
    String sha,
    String tree,
    List<String> parents,
    String message,
    Person author,
    Person committer) {

  public Commit {
    parents = List.copyOf(parents);
  }

  static Commit of(RevCommit commit) {
    List<String> parents = List.of(commit.getParents()).stream().map(RevCommit::name).toList();
    return new Commit(
        commit.name(),
        commit.getTree().name(),
        parents,
        commit.getFullMessage(),
        Person.of(commit.getAuthorIdent()),
        Person.of(commit.getCommitterIdent()));
  }
}
