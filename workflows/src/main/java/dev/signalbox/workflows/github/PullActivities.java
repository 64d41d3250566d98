package dev.signalbox.workflows.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** One pull request at GitHub: how it stands, and what is said on it of its preview. */
@ActivityInterface(namePrefix = "GitHub")
public interface PullActivities {

  /** How the pull request stands. One call. */
  @ActivityMethod
  PullState readPull(PullQuery query);

  /** Answers when it stands otherwise than it is known; fails as {@code Unchanged} until then. */
  @ActivityMethod
  PullState awaitPull(PullQuery query);

  /**
   * @param known as it was read last; null = not yet
   */
  record PullQuery(
      String project,
      String repository,
      int number,
      @JsonInclude(JsonInclude.Include.NON_NULL) PullState known) {}

  /**
   * What of a pull request decides about its preview.
   *
   * @param headRepository {@code owner/name} of where its commits are; null = deleted
   * @param labels in the order of their names
   */
  record PullState(
      int number,
      boolean open,
      boolean merged,
      boolean draft,
      String head,
      String branch,
      String base,
      String headRepository,
      String author,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels) {
    /** One without labels. */
    public PullState(
        int number,
        boolean open,
        boolean merged,
        boolean draft,
        String head,
        String branch,
        String base,
        String headRepository,
        String author) {
      this(number, open, merged, draft, head, branch, base, headRepository, author, null);
    }

    public PullState {
      labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /** Whether it has this label; GitHub knows no difference between small and capital letters. */
    public boolean labelled(String label) {
      return labels.stream().anyMatch(label::equalsIgnoreCase);
    }
  }

  /**
   * Says how the preview stands: the one comment on the pull request, the commit status, and the
   * GitHub deployment with its address. Guarded (status) and marked (comment and deployment by the
   * preview's id, which are looked for): twice is once. So are the remarks on lines, by their key.
   */
  @ActivityMethod
  void tellPreview(PreviewNotice notice);

  /**
   * @param preview id of the preview's workflow
   * @param environment name of the environment
   * @param sha the commit that it is about; null = none: then only the comment is written
   * @param state {@code INACTIVE} = it is gone
   * @param url what people open; null = nothing yet
   * @param remarks said on lines of {@code sha}; one that is on no line of the diff is left out
   * @param former a commit that was said to be on its way, and is not any more; null = none
   * @param passing another word follows soon, so that this one may be left out where GitHub allows
   *     no more
   */
  record PreviewNotice(
      String project,
      String repository,
      int number,
      String preview,
      String environment,
      String markdown,
      String sha,
      StatusState state,
      String description,
      String url,
      List<Remark> remarks,
      @JsonInclude(JsonInclude.Include.NON_NULL) String former,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean passing) {
    /** Without a word on any line. */
    public PreviewNotice(
        String project,
        String repository,
        int number,
        String preview,
        String environment,
        String markdown,
        String sha,
        StatusState state,
        String description,
        String url) {
      this(
          project,
          repository,
          number,
          preview,
          environment,
          markdown,
          sha,
          state,
          description,
          url,
          null,
          null,
          false);
    }

    public PreviewNotice {
      remarks = remarks == null ? List.of() : List.copyOf(remarks);
    }
  }

  /**
   * What is said on one line that the pull request changes, once.
   *
   * @param key what it is about: of two with the same key one is said
   * @param path from the root of the repository
   * @param line in the file, from 1
   */
  record Remark(String key, String path, int line, String markdown) {}
}
