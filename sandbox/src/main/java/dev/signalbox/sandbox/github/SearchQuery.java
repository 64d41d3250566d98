package dev.signalbox.sandbox.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code q} of a search: words that must all be in title or body, and qualifiers. Source:
 * "Searching issues and pull requests". A qualifier that is not known here finds nothing, as a
 * misspelt one does not narrow silently.
 */
final class SearchQuery {

  private static final Pattern TERM = Pattern.compile("(-?)(?:([a-z]+):)?(?:\"([^\"]*)\"|(\\S+))");

  private final String repository;
  private final List<Predicate<SearchIndex.Entry>> conditions = new ArrayList<>();

  /**
   * @param repository OWNER/NAME of the only one there is
   */
  SearchQuery(String query, String repository) {
    this.repository = repository;
    Matcher term = TERM.matcher(query);
    while (term.find()) {
      String value = term.group(3) == null ? term.group(4) : term.group(3);
      Predicate<SearchIndex.Entry> condition = condition(term.group(2), value);
      conditions.add(term.group(1).isEmpty() ? condition : condition.negate());
    }
  }

  boolean finds(SearchIndex.Entry entry) {
    return conditions.stream().allMatch(condition -> condition.test(entry));
  }

  private Predicate<SearchIndex.Entry> condition(String qualifier, String value) {
    if (qualifier == null) {
      return entry -> has(entry.title(), value) || has(entry.body(), value);
    }
    return switch (qualifier) {
      case "repo" -> entry -> value.equalsIgnoreCase(repository);
      case "user", "org" ->
          entry ->
              repository.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT) + "/");
      case "is", "type", "state" -> is(value);
      case "label" -> entry -> entry.labels().stream().anyMatch(value::equalsIgnoreCase);
      case "author" -> entry -> entry.issue().login.equalsIgnoreCase(value);
      case "assignee" -> entry -> entry.issue().assignees.contains(value);
      case "head" ->
          entry -> entry.issue().pull().filter(pull -> pull.head.equals(value)).isPresent();
      case "base" ->
          entry -> entry.issue().pull().filter(pull -> pull.base.equals(value)).isPresent();
      // Words are looked for in title and body anyhow; sort is a parameter of its own.
      case "in", "sort" -> entry -> true;
      default -> entry -> false;
    };
  }

  private static Predicate<SearchIndex.Entry> is(String value) {
    return switch (value) {
      case "issue" -> entry -> entry.issue().pull().isEmpty();
      case "pr", "pull-request" -> entry -> entry.issue().pull().isPresent();
      case "open" -> SearchIndex.Entry::open;
      case "closed" -> entry -> !entry.open();
      case "merged" -> SearchIndex.Entry::merged;
      case "unmerged" -> entry -> entry.issue().pull().isPresent() && !entry.merged();
      case "private" -> entry -> true;
      default -> entry -> false;
    };
  }

  private static boolean has(String text, String words) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }
}
