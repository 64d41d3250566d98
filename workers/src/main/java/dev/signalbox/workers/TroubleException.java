package dev.signalbox.workers;

/** Carries a {@link Trouble} to whoever tells the person. */
public final class TroubleException extends RuntimeException {
  private final transient Trouble trouble;

  public TroubleException(Trouble trouble) {
    super(trouble.sentence());
    this.trouble = trouble;
  }

  public TroubleException(Trouble trouble, Throwable cause) {
    super(trouble.sentence(), cause);
    this.trouble = trouble;
  }

  public Trouble trouble() {
    return trouble;
  }
}
