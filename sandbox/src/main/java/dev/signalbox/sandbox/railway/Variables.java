package dev.signalbox.sandbox.railway;

import java.util.Map;
import java.util.TreeMap;

/** What Railway gives every deployment (docs, "Variables reference"): names and values. */
final class Variables {
  private Variables() {}

  static Map<String, String> of(Platform platform, Instance instance, Deployment deployment) {
    String[] repository = platform.settings().repository().split("/", 2);
    Map<String, String> variables = of(platform, instance);
    variables.put("RAILWAY_DEPLOYMENT_ID", deployment.id());
    variables.put("RAILWAY_GIT_COMMIT_SHA", deployment.commit());
    variables.put("RAILWAY_GIT_COMMIT_MESSAGE", deployment.message());
    variables.put("RAILWAY_GIT_AUTHOR", deployment.author());
    variables.put("RAILWAY_GIT_BRANCH", deployment.branch() == null ? "" : deployment.branch());
    variables.put("RAILWAY_GIT_REPO_OWNER", repository[0]);
    variables.put("RAILWAY_GIT_REPO_NAME", repository[1]);
    return variables;
  }

  static Map<String, String> of(Platform platform, Instance instance) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("RAILWAY_PROJECT_ID", platform.projectId());
    variables.put("RAILWAY_PROJECT_NAME", platform.settings().project());
    variables.put("RAILWAY_ENVIRONMENT_ID", platform.environmentId(instance.environment().name()));
    variables.put("RAILWAY_ENVIRONMENT_NAME", instance.environment().name());
    variables.put("RAILWAY_SERVICE_ID", platform.serviceId(instance.service().name()));
    variables.put("RAILWAY_SERVICE_NAME", instance.service().name());
    variables.put("RAILWAY_PUBLIC_DOMAIN", instance.host());
    return variables;
  }
}
