package dev.signalbox.activities.railway;

import java.util.List;

/**
 * Some deployments of one service.
 *
 * @param plan of the project's owner; null = not said
 */
public record RecentPage(List<RailwayDeployment> deployments, String plan) {}
