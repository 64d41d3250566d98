package dev.signalbox.workers;

import java.util.concurrent.CompletableFuture;

/** Hears of another process's end, also of one by SIGKILL, of which it can tell nobody. */
public final class EndOfProcess {
  private EndOfProcess() {}

  /**
   * Does something once, when the process has ended; at once where there is none.
   *
   * @param what may hold its thread for as long as it likes
   */
  public static void then(long pid, Runnable what) {
    Thread waiting =
        new Thread(
            () -> {
              ProcessHandle.of(pid).map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
              what.run();
            },
            "end of process " + pid);
    waiting.setDaemon(true);
    waiting.start();
  }
}
