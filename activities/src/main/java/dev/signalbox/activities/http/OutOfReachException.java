package dev.signalbox.activities.http;

import java.io.IOException;

/** An address that we do not call. It says nothing about who would answer there. */
public final class OutOfReachException extends IOException {
  private static final long serialVersionUID = 1L;

  OutOfReachException(String address, String what) {
    super(
        "not called: "
            + address
            + " is "
            + what
            + "; if it is meant, name its network in private_networks of [project]");
  }
}
