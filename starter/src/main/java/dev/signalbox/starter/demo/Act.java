package dev.signalbox.starter.demo;

/** One act: what happens in it, and how it must end. */
public abstract class Act {
  final int number;
  final String name;
  final String headline;

  Act(int number, String name, String headline) {
    this.number = number;
    this.name = name;
    this.headline = headline;
  }

  public int number() {
    return number;
  }

  public String name() {
    return name;
  }

  public String headline() {
    return headline;
  }

  /** The word in which it must end. */
  abstract String expected();

  /** Plays the act. */
  public abstract ActResult play(Stage stage, Telling telling, boolean manual);
}
