package dev.signalbox.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  private final Reach internet = Reach.ofTheInternet();

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, this machine itself",
    "127.8.9.1, loopback",
    "10.255.0.1, private",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.1.1, private",
    "100.64.0.1, shared by",
    "100.127.255.255, shared by",
    "169.254.169.254, link-local",
    "224.0.0.1, multicast",
    "255.255.255.255, reserved",
    "::, this machine itself",
    "::1, loopback",
    "fe80::1, link-local",
    "fd00:ec2::254, private",
    "fc12::1, private",
    "::127.0.0.1, loopback",
    "::ffff:169.254.169.254, link-local",
    "64:ff9b::a9fe:a9fe, link-local",
    "2002:a9fe:a9fe::1, link-local"
  })
  void callsNoAddressWithinANetwork(String address, String what) throws UnknownHostException {
    assertThat(internet.closed(InetAddress.getByName(address)))
        .hasValueSatisfying(said -> assertThat(said).startsWith(what));
  }

  @Test
  void knowsAnAddressOfVersionFourInsideOneOfSix() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 10;

    assertThat(internet.closed(Inet6Address.getByAddress(null, mapped, 0))).hasValue("private");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.0.1",
        "2606:4700::1111",
        "64:ff9b::101:101",
        "2002:101:101::1"
      })
  void callsWhatTheInternetCanCall(String address) throws UnknownHostException {
    assertThat(internet.closed(InetAddress.getByName(address))).isEmpty();
  }

  @Test
  void callsTheNetworksThatAreNamed() throws UnknownHostException {
    Reach reach = internet.and(List.of(Network.of("10.4.0.0/14"), Network.of("fd12::/16")));

    assertThat(reach.closed(InetAddress.getByName("10.7.255.1"))).isEmpty();
    assertThat(reach.closed(InetAddress.getByName("fd12::9"))).isEmpty();
    assertThat(reach.closed(InetAddress.getByName("10.8.0.1"))).isPresent();
    assertThat(reach.closed(InetAddress.getLoopbackAddress())).isPresent();
    assertThat(reach.andThisMachine().closed(InetAddress.getLoopbackAddress())).isEmpty();
  }

  @Test
  void connectsNoSocketToAnAddressOutOfReach() throws IOException {
    try (Socket socket = internet.sockets().createSocket()) {
      assertThatThrownBy(
              () ->
                  socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), 1000))
          .isInstanceOf(OutOfReachException.class)
          .hasMessageContaining("127.0.0.1 is loopback")
          .hasMessageContaining("private_networks");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0/8",
        "fd12::/129",
        "1.2.3.4/x",
        "10.0.0.0/8/8"
      })
  void takesNothingElseForANetwork(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }
}
