package dev.signalbox.sandbox.railway;

/** The list of topics whose root fields the sandbox's Railway answers. */
final class RailwayOperations {
  private RailwayOperations() {}

  static RootFields of(Platform platform) {
    RootFields fields = new RootFields(platform.world());
    AccountOperations.addTo(fields, platform.world());
    EnvironmentOperations.addTo(fields, platform);
    ServiceOperations.addTo(fields, platform);
    DeploymentOperations.addTo(fields, platform);
    VariableOperations.addTo(fields, platform);
    VolumeOperations.addTo(fields, platform);
    DomainOperations.addTo(fields, platform);
    NotificationOperations.addTo(fields, platform);
    LogOperations.addTo(fields, platform.world());
    MetricOperations.addTo(fields, platform.world());
    StreamOperations.addTo(fields, platform.world());
    return fields;
  }
}
