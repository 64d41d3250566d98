package dev.signalbox.activities.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Which addresses may be called where others say what is called: an address of a service may come
 * from a file, a platform, a redirect or a name server, and must not lead into the network that the
 * worker stands in. Judged is the address that is connected to, after every name was resolved and
 * for each connection anew, so that a name cannot change its meaning in between.
 */
public final class Reach {
  private record Closed(Network network, String what) {}

  /** IANA's special-purpose registries (RFC 6890 and what updates it), and multicast. */
  private static final List<Closed> CLOSED =
      List.of(
          closed("0.0.0.0/8", "this machine itself"),
          closed("10.0.0.0/8", "private"),
          closed("100.64.0.0/10", "shared by a carrier's customers"),
          closed("127.0.0.0/8", "loopback"),
          closed("169.254.0.0/16", "link-local, where clouds answer with metadata"),
          closed("172.16.0.0/12", "private"),
          closed("192.0.0.0/24", "reserved"),
          closed("192.0.2.0/24", "for examples only"),
          closed("192.168.0.0/16", "private"),
          closed("198.18.0.0/15", "for measurements only"),
          closed("198.51.100.0/24", "for examples only"),
          closed("203.0.113.0/24", "for examples only"),
          closed("224.0.0.0/4", "multicast"),
          closed("240.0.0.0/4", "reserved"),
          closed("::/128", "this machine itself"),
          closed("::1/128", "loopback"),
          closed("100::/64", "reserved"),
          closed("2001:db8::/32", "for examples only"),
          closed("fc00::/7", "private"),
          closed("fe80::/10", "link-local"),
          closed("fec0::/10", "private"),
          closed("ff00::/8", "multicast"));

  /** Addresses of version 6 that lead to one of version 4, and where in them that stands. */
  private record Embedded(Network network, int at) {}

  private static final List<Embedded> EMBEDDED =
      List.of(
          new Embedded(Network.mapped(), 12),
          new Embedded(Network.of("::/96"), 12),
          new Embedded(Network.of("64:ff9b::/96"), 12),
          new Embedded(Network.of("64:ff9b:1::/48"), 12),
          new Embedded(Network.of("2002::/16"), 2));

  private final List<Network> open;

  private Reach(List<Network> open) {
    this.open = List.copyOf(open);
  }

  /** Only what the whole Internet can call. */
  public static Reach ofTheInternet() {
    return new Reach(List.of());
  }

  /** No address is too near: for what somebody named by itself. */
  public static Reach ofEverything() {
    return new Reach(List.of(Network.of("0.0.0.0/0"), Network.of("::/0")));
  }

  /** These networks too, whatever they are. */
  public Reach and(List<Network> networks) {
    List<Network> all = new ArrayList<>(open);
    all.addAll(networks);
    return new Reach(all);
  }

  /** This machine too. */
  public Reach andThisMachine() {
    return and(List.of(Network.of("127.0.0.0/8"), Network.of("::1/128")));
  }

  private static Closed closed(String network, String what) {
    return new Closed(Network.of(network), what);
  }

  /** What kind of address it is that may not be called; empty = it may. */
  Optional<String> closed(InetAddress address) {
    return closed(address.getAddress());
  }

  private Optional<String> closed(byte[] address) {
    if (open.stream().anyMatch(network -> network.contains(address))) {
      return Optional.empty();
    }
    Optional<String> own =
        CLOSED.stream()
            .filter(closed -> closed.network().contains(address))
            .map(Closed::what)
            .findFirst();
    return own.isPresent() || address.length == 4 ? own : closedWithin(address);
  }

  private Optional<String> closedWithin(byte[] address) {
    return EMBEDDED.stream()
        .filter(form -> form.network().contains(address))
        .flatMap(form -> closed(Arrays.copyOfRange(address, form.at(), form.at() + 4)).stream())
        .findFirst();
  }

  /** Makes the sockets of whoever keeps to it. */
  public SocketFactory sockets() {
    return new Sockets(this);
  }

  private void require(SocketAddress endpoint) throws IOException {
    InetAddress address =
        endpoint instanceof InetSocketAddress internet ? internet.getAddress() : null;
    if (address == null) {
      throw new UnknownHostException(String.valueOf(endpoint));
    }
    Optional<String> what = closed(address);
    if (what.isPresent()) {
      throw new OutOfReachException(address.getHostAddress(), what.get());
    }
  }

  private static final class Sockets extends SocketFactory {
    private final Reach reach;

    Sockets(Reach reach) {
      this.reach = reach;
    }

    @Override
    public Socket createSocket() {
      return new Guarded(reach);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return connected(InetAddress.getAllByName(host)[0], port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(InetAddress.getAllByName(host)[0], port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return connected(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(host, port);
    }

    private Socket connected(InetAddress host, int port) throws IOException {
      Socket socket = createSocket();
      socket.connect(new InetSocketAddress(host, port));
      return socket;
    }
  }

  private static final class Guarded extends Socket {
    private final Reach reach;

    Guarded(Reach reach) {
      super(Proxy.NO_PROXY);
      this.reach = reach;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      reach.require(endpoint);
      super.connect(endpoint, timeout);
    }
  }
}
