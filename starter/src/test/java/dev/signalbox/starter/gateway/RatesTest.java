package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatesTest {
  private final AtomicLong now = new AtomicLong();
  private final Rates rates = new Rates(2, 1, now::get);

  @Test
  void letsEachAddressInSoOftenAndMoreWithTime() {
    assertThat(rates.letIn("10.0.0.1")).isTrue();
    assertThat(rates.letIn("10.0.0.1")).isTrue();
    assertThat(rates.letIn("10.0.0.1")).isFalse();
    assertThat(rates.letIn("10.0.0.2")).isTrue();

    now.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertThat(rates.letIn("10.0.0.1")).isTrue();
    assertThat(rates.letIn("10.0.0.1")).isFalse();
  }

  @Test
  void takesANetworkOfIpv6ForOneSender() {
    rates.letIn("2001:db8:1:2::1");
    rates.letIn("[2001:db8:1:2:ffff::9]");

    assertThat(rates.letIn("2001:db8:1:2:3:4:5:6%eth0")).isFalse();
    assertThat(rates.letIn("2001:db8:1:3::1")).isTrue();
    assertThat(rates.letIn("no address: at all")).isTrue();
  }
}
