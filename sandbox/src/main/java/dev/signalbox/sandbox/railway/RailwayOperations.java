package dev.signalbox.sandbox.railway;

/** The list of topics whose root fields the sandbox's Railway answers. */
final class RailwayOperations {
  private RailwayOperations() {}

  static RootFields of(Project project) {
    RootFields fields = new RootFields(project.world());
    AccountOperations.addTo(fields, project.world());
    EnvironmentOperations.addTo(fields, project);
    ServiceOperations.addTo(fields, project);
    DeploymentOperations.addTo(fields, project);
    VariableOperations.addTo(fields, project);
    VolumeOperations.addTo(fields, project);
    VolumeBackupOperations.addTo(fields, project);
    DomainOperations.addTo(fields, project);
    NotificationOperations.addTo(fields, project);
    LogOperations.addTo(fields, project.world());
    MetricOperations.addTo(fields, project.world());
    StreamOperations.addTo(fields, project.world());
    return fields;
  }
}
