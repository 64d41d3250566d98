package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.railway.DeploymentFailure;
import java.util.List;
import java.util.stream.Collectors;

/** Why a deployment failed, as a part of the report: folded, because logs are long. */
public final class FailureText {
  private static final String FENCE = "````";

  private FailureText() {}

  public static String of(DeploymentFailure failure) {
    StringBuilder text = new StringBuilder("\n#### Why ");
    text.append(failure.service()).append(" failed\n\n");
    text.append("Deployment `").append(failure.deploymentId()).append("`\n\n");
    if (failure.unread() != null) {
      return text.append("Railway's steps and logs could not be read: ")
          .append(PostedText.words(failure.unread()))
          .append('\n')
          .toString();
    }
    failure.steps().forEach(step -> text.append("- ").append(PostedText.words(step)).append('\n'));
    if (failure.steps().isEmpty()) {
      text.append("No step says why.\n");
    }
    return text.append(log("Build log", failure.buildLog()))
        .append(log("Deploy log", failure.deployLog()))
        .toString();
  }

  private static String log(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return "\n" + title + ": empty\n";
    }
    return "\n<details><summary>"
        + title
        + ", last "
        + lines.size()
        + " lines</summary>\n\n"
        + FENCE
        + "\n"
        + lines.stream()
            .map(line -> PostedText.line(line).replace(FENCE, "\u00b4\u00b4\u00b4\u00b4"))
            .collect(Collectors.joining("\n"))
        + "\n"
        + FENCE
        + "\n\n</details>\n";
  }
}
