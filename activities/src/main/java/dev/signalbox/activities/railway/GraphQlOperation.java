package dev.signalbox.activities.railway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Our documents at Railway; each constant is named as its resource and its operation. */
enum GraphQlOperation {
  PROJECT_TOKEN("ProjectToken"),
  ENVIRONMENT_BY_NAME("EnvironmentByName"),
  ENVIRONMENT_MARKS("EnvironmentMarks"),
  TCP_PROXIES("TcpProxies"),
  SERVICE_VARIABLES("ServiceVariables"),
  DEPLOYMENT_VARIABLES("DeploymentVariables"),
  VARIABLE_NAMES("VariableNames"),
  SERVICE_INSTANCES("ServiceInstances"),
  DEPLOYMENT_TRIGGERS("DeploymentTriggers"),
  AUTO_DEPLOY_STATUS("AutoDeployStatus"),
  RECENT_DEPLOYMENTS("RecentDeployments"),
  DEPLOYMENT("Deployment"),
  DEPLOYMENT_CHANGED("DeploymentChanged"),
  DEPLOYMENT_FAILURE("DeploymentFailure"),
  BUILD_LOGS("BuildLogs"),
  DEPLOYMENT_LOGS("DeploymentLogs"),
  SERVICE_INSTANCE_DEPLOY("ServiceInstanceDeploy"),
  DEPLOYMENT_ROLLBACK("DeploymentRollback"),
  DEPLOYMENT_RESTART("DeploymentRestart"),
  DEPLOYMENT_REDEPLOY("DeploymentRedeploy"),
  DEPLOYMENT_REMOVE("DeploymentRemove"),
  PROJECTS("Projects"),
  VOLUME_INSTANCES("VolumeInstances"),
  VOLUME_BACKUPS("VolumeBackups"),
  VOLUME_BACKUP_CREATE("VolumeBackupCreate"),
  VOLUME_BACKUP_DELETE("VolumeBackupDelete"),
  WORKFLOW_STATUS("WorkflowStatus"),
  PRE_DEPLOY_COMMAND("PreDeployCommand"),
  SERVICE_INSTANCE_UPDATE("ServiceInstanceUpdate"),
  DEPLOYMENT_TRIGGER_DELETE("DeploymentTriggerDelete"),
  ENVIRONMENTS("Environments"),
  ENVIRONMENT_CREATE("EnvironmentCreate"),
  ENVIRONMENT_DELETE("EnvironmentDelete"),
  SHARED_VARIABLES("SharedVariables"),
  RAW_VARIABLES("RawVariables"),
  VARIABLE_COLLECTION_UPSERT("VariableCollectionUpsert");

  private final String operationName;
  private final String document;

  GraphQlOperation(String operationName) {
    this.operationName = operationName;
    this.document = read(operationName + ".graphql");
  }

  String operationName() {
    return operationName;
  }

  String document() {
    return document;
  }

  private static String read(String resource) {
    try (InputStream stream = GraphQlOperation.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
