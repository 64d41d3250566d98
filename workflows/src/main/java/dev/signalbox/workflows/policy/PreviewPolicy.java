package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code [previews]} says.
 *
 * @param base the environment that previews are copied from
 * @param branches pull requests into these have previews
 * @param name template of an environment's name, with {@code {number}}
 * @param shared variables of the base, {@code NAME} or {@code service.NAME}, that previews may have
 *     although another environment uses what they name
 * @param choice which pull requests have one by themselves
 * @param upkeep how they are kept right
 * @param provider who makes them
 */
public record PreviewPolicy(
    String base,
    List<String> branches,
    String name,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> shared,
    PreviewChoice choice,
    PreviewUpkeep upkeep,
    PreviewProvider provider) {
  public static final String NUMBER = "{number}";

  public PreviewPolicy {
    branches = branches == null ? List.of() : List.copyOf(branches);
    shared = shared == null ? List.of() : List.copyOf(shared);
    choice = choice == null ? PreviewChoice.USUAL : choice;
    upkeep = upkeep == null ? PreviewUpkeep.USUAL : upkeep;
    provider = provider == null ? PreviewProvider.SIGNALBOX : provider;
  }

  /** One whose environments Signalbox makes. */
  public PreviewPolicy(
      String base,
      List<String> branches,
      String name,
      List<String> shared,
      PreviewChoice choice,
      PreviewUpkeep upkeep) {
    this(base, branches, name, shared, choice, upkeep, null);
  }

  /** The environment that they are made from; null = Railway knows. */
  public String source() {
    return railways() ? null : base;
  }

  /** Whether Railway makes and removes them. */
  public boolean railways() {
    return provider == PreviewProvider.RAILWAY;
  }

  /** The same for pull requests into these branches. */
  public PreviewPolicy into(List<String> targets) {
    return new PreviewPolicy(base, targets, name, shared, choice, upkeep, provider);
  }

  /** What the environment of this pull request is called. */
  public String environment(int number) {
    return name.replace(NUMBER, Integer.toString(number));
  }

  /** Whose environment it would be by its name; empty = nobody's. */
  public OptionalInt number(String environment) {
    int at = name.indexOf(NUMBER);
    Matcher matcher =
        Pattern.compile(
                Pattern.quote(name.substring(0, at))
                    + "([1-9][0-9]{0,8})"
                    + Pattern.quote(name.substring(at + NUMBER.length())))
            .matcher(environment);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
