/**
 * What listens to the world: webhooks and chat in, signals and updates to workflows out. A sender
 * is a class that implements {@link dev.signalbox.starter.gateway.GatewayDoor} and a line in {@link
 * dev.signalbox.starter.gateway.GatewayDoors}.
 */
package dev.signalbox.starter.gateway;
