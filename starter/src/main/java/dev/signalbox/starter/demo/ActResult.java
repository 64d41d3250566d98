package dev.signalbox.starter.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How one act ended.
 *
 * @param productionRevision what production itself said that it runs, at the act's end
 * @param remark why it is not as expected; null when it is
 */
public record ActResult(
    int act,
    String name,
    String id,
    String revision,
    String result,
    String expected,
    String productionRevision,
    Effects mutations,
    double seconds,
    @JsonIgnore String remark) {

  /** Whether the act ended as it must. */
  public boolean asExpected() {
    return remark == null;
  }
}
