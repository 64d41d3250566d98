package dev.signalbox.workflows.promotion;

import io.temporal.workflow.Workflow;
import java.util.function.Consumer;

/** The body of a pull request, written by one hand at a time, so that the newest text stays. */
final class KeptBody {
  private final Consumer<String> pen;
  private String newest;
  private boolean writing;

  /**
   * @param pen writes a text, and returns when it stands there
   */
  KeptBody(Consumer<String> pen) {
    this.pen = pen;
  }

  /** Takes the text that it should have from now on; whether it is another than before. */
  boolean take(String text) {
    boolean other = !says(text);
    newest = text;
    return other;
  }

  /** Whether this is the newest text. */
  boolean says(String text) {
    return text.equals(newest);
  }

  /** Writes the newest text, when whoever writes an older one has ended. */
  void write() {
    awaitPen();
    writing = true;
    try {
      pen.accept(newest);
    } finally {
      writing = false;
    }
  }

  /** The newest text, for who writes it in another way: nobody else is writing then. */
  String toWrite() {
    awaitPen();
    return newest;
  }

  private void awaitPen() {
    Workflow.await(() -> !writing);
  }
}
