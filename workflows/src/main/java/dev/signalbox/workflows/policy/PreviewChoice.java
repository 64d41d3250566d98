package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which pull requests have a preview without anybody asking.
 *
 * @param heads patterns of which a pull request's branch must fit one, {@code *} for anything; none
 *     = every branch
 * @param drafts whether drafts have one too
 * @param bots whether those of bots do
 * @param label those that have it do, and no others, whatever the rest says; null = none is needed
 * @param consent groups whose people may consent to a commit of a fork; none = everybody whom the
 *     file names
 */
public record PreviewChoice(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> heads,
    boolean drafts,
    boolean bots,
    @JsonInclude(JsonInclude.Include.NON_NULL) String label,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> consent) {
  public static final PreviewChoice USUAL = new PreviewChoice(null, false, false, null);

  public PreviewChoice {
    heads = heads == null ? List.of() : List.copyOf(heads);
    consent = consent == null ? List.of() : List.copyOf(consent);
  }

  /** One in which everybody whom the file names may consent. */
  public PreviewChoice(List<String> heads, boolean drafts, boolean bots, String label) {
    this(heads, drafts, bots, label, null);
  }

  /** Those of these people who may consent to a commit of a fork. */
  public List<Person> consenters(List<Person> people) {
    return people.stream()
        .filter(person -> !person.bot())
        .filter(person -> consent.isEmpty() || consent.contains(person.group()))
        .toList();
  }

  /** Whether a branch of this name may have one. */
  public boolean fits(String branch) {
    return heads.isEmpty()
        || (branch != null
            && heads.stream().anyMatch(head -> pattern(head).matcher(branch).matches()));
  }

  private static Pattern pattern(String head) {
    StringBuilder pattern = new StringBuilder();
    for (String part : head.split("\\*", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }
}
