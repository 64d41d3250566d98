package dev.signalbox.starter.gateway;

import io.javalin.config.RoutesConfig;

/**
 * One sender's way in. Whatever it lets pass it has verified first, over the raw bytes; what it
 * answers holds no words of the request and nothing about our insides.
 */
interface GatewayDoor {
  void open(RoutesConfig routes);
}
