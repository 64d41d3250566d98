package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people want of a preview, and what each was answered. Pure. */
final class PreviewOrders {
  private static final String SWEPT = "sweep";

  private final String id;
  private final Map<String, RequestAnswer> answers = new LinkedHashMap<>();
  private final List<PreviewOrder> wanted = new ArrayList<>();
  private PreviewOrder destroy;
  private int askedToDestroy;
  private Instant end;
  private String lost;

  /**
   * @param id of the preview's workflow
   */
  PreviewOrders(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** Somebody wants it, and hears of it once {@link #answerWanted} is called. */
  void want(PreviewOrder order) {
    wanted.add(order);
  }

  boolean anyWanted() {
    return !wanted.isEmpty();
  }

  /** Whether what failed is to be tried again. */
  boolean anyToMake() {
    return wanted.stream().anyMatch(PreviewOrder::makes);
  }

  /** Those who want it made. */
  List<PreviewOrder> toMake() {
    return wanted.stream().filter(PreviewOrder::makes).toList();
  }

  /** What one person wants is not done. */
  void refuse(PreviewOrder order, String revision, String why) {
    wanted.remove(order);
    answer(order, Outcome.REFUSED, revision, why);
  }

  /** Everybody who wants it is answered. */
  void answerWanted(Outcome outcome, String revision, String message) {
    wanted.forEach(order -> answer(order, outcome, revision, message));
    wanted.clear();
  }

  RequestAnswer answer(PreviewOrder order, Outcome outcome, String revision, String message) {
    RequestAnswer answer = new RequestAnswer(id, revision, outcome, message, false);
    answers.put(order.id(), answer);
    return answer;
  }

  /** The answer that it has by now, else this one. */
  RequestAnswer answerOnce(PreviewOrder order, Outcome outcome, String revision, String message) {
    return answered(order) ? answer(order) : answer(order, outcome, revision, message);
  }

  boolean answered(PreviewOrder order) {
    return answers.containsKey(order.id());
  }

  RequestAnswer answer(PreviewOrder order) {
    return answers.get(order.id());
  }

  /**
   * What a sweep wants of it: that it goes, or that people hear when it does.
   *
   * @param rests whether nothing is done to it at the moment
   */
  void swept(Sighting seen, boolean rests) {
    end = seen.end();
    lost = seen.lost() == null ? lost : seen.lost();
    if (seen.remove() != null && rests) {
      destroy(new PreviewOrder(SWEPT, PreviewOrder.Kind.DESTROY, null, seen.remove()));
    }
  }

  /**
   * Whether a sweep has found that Railway lists it no more.
   *
   * @param environmentId of the environment
   */
  boolean lost(String environmentId) {
    return lost != null && lost.equals(environmentId);
  }

  boolean endUntold() {
    return end != null;
  }

  /** Of which people are to be told, once; null = there is nothing to tell. */
  Instant takeEnd() {
    Instant untold = end;
    end = null;
    return untold;
  }

  void destroy(PreviewOrder order) {
    destroy = order;
    askedToDestroy++;
  }

  /** How often somebody wanted it gone. */
  int askedToDestroy() {
    return askedToDestroy;
  }

  boolean destroying() {
    return destroy != null;
  }

  /** Whether it goes because its run was cancelled. */
  boolean cancelled() {
    return destroying() && destroy.requester() == null && !SWEPT.equals(destroy.id());
  }

  /** Why it goes, in words. */
  String destroyer() {
    if (destroy.requester() != null) {
      return "removed by " + destroy.requester();
    }
    return SWEPT.equals(destroy.id()) ? destroy.reason() : "cancelled";
  }

  void destroyed() {
    destroy = null;
  }
}
