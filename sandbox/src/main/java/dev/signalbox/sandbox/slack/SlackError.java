package dev.signalbox.sandbox.slack;

import java.util.List;

/** Slack says no: in a 200, with a code and sometimes with what exactly is wrong. */
final class SlackError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient List<String> details;

  SlackError(String code) {
    this(code, List.of());
  }

  /**
   * @param code Slack's word: {@code channel_not_found}
   * @param details a line for each mistake in blocks or a view
   */
  SlackError(String code, List<String> details) {
    super(code);
    this.code = code;
    this.details = List.copyOf(details);
  }

  String code() {
    return code;
  }

  List<String> details() {
    return details;
  }
}
