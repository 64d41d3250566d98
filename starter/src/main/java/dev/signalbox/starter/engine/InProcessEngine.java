package dev.signalbox.starter.engine;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Temporal's in-memory test server in this process, on real time, reachable from this machine only.
 * It forgets everything when it is closed.
 */
public final class InProcessEngine implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

  private final TestServicesStarter services;
  private final Server server;

  private InProcessEngine(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  /** Starts one on a free port of 127.0.0.1: its own {@code TestServer} would listen everywhere. */
  public static InProcessEngine start() {
    TestServicesStarter services = new TestServicesStarter(true, 0);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(LARGEST_MESSAGE);
    LateCancelGuard guard = new LateCancelGuard(services.getWorkflowService());
    services
        .getServices()
        .forEach(service -> builder.addService(ServerInterceptors.intercept(service, guard)));
    try {
      return new InProcessEngine(services, builder.build().start());
    } catch (IOException noPort) {
      services.close();
      throw new UncheckedIOException("starting the engine in this process", noPort);
    }
  }

  /** {@code host:port}, as {@code TEMPORAL_ADDRESS} takes it. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      // The calls that it cuts off are told so on the services' timer: that one ends last.
      server.awaitTermination(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    services.close();
  }
}
