package dev.signalbox.activities.migration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Answers a connection's beginning as PgBouncer does (its {@code options} are refused, the process
 * that it greets with is of its own making), and hands on the rest.
 */
final class PoolerAtTheDoor implements AutoCloseable {
  private static final int ENCRYPTION = 80877103;
  private static final int ENCRYPTION_BY_GSS = 80877104;
  private static final String REFUSAL =
      "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0";

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int server;

  private PoolerAtTheDoor(int server) throws IOException {
    this.server = server;
    begin(this::serve);
  }

  static PoolerAtTheDoor of(String address) throws IOException {
    return new PoolerAtTheDoor(PostgresUrl.read(address).orElseThrow().port());
  }

  String address(String direct) {
    return direct.replace(":" + server + "/", ":" + door.getLocalPort() + "/");
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void begin(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException over) {
                // One of the two has hung up.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() throws IOException {
    while (true) {
      Socket client = door.accept();
      begin(() -> greet(client));
    }
  }

  private void greet(Socket client) throws IOException {
    try (client;
        Socket behind = new Socket(door.getInetAddress(), server)) {
      DataInputStream asked = new DataInputStream(client.getInputStream());
      DataOutputStream answer = new DataOutputStream(client.getOutputStream());
      byte[] wish = wish(asked, answer);
      if (new String(wish, StandardCharsets.UTF_8).contains("\0options\0")) {
        say(answer, 'E', REFUSAL.getBytes(StandardCharsets.UTF_8));
        return;
      }
      DataOutputStream on = new DataOutputStream(behind.getOutputStream());
      on.writeInt(wish.length + Integer.BYTES);
      on.write(wish);
      begin(() -> asked.transferTo(on));
      DataInputStream back = new DataInputStream(behind.getInputStream());
      boolean greeted = false;
      while (!greeted) {
        char kind = (char) back.readByte();
        byte[] said = back.readNBytes(back.readInt() - Integer.BYTES);
        greeted = kind == 'K';
        if (greeted) {
          said[2] ^= 0x55;
        }
        say(answer, kind, said);
      }
      back.transferTo(answer);
    }
  }

  private static byte[] wish(DataInputStream asked, DataOutputStream answer) throws IOException {
    while (true) {
      byte[] wish = asked.readNBytes(asked.readInt() - Integer.BYTES);
      int code = ByteBuffer.wrap(wish).getInt();
      if (code != ENCRYPTION && code != ENCRYPTION_BY_GSS) {
        return wish;
      }
      answer.writeByte('N');
    }
  }

  private static void say(DataOutputStream answer, char kind, byte[] said) throws IOException {
    answer.writeByte(kind);
    answer.writeInt(said.length + Integer.BYTES);
    answer.write(said);
    answer.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
