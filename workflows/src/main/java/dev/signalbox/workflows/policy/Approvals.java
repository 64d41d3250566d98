package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code approvals} of an environment says: who must say yes before a release goes there.
 *
 * @param required how many different people must say yes
 * @param from groups whose people may say yes
 * @param self whether who has a part in the release may approve it
 * @param expires how long the ask stays open; expiry = rejected
 * @param also what is wanted beside that, of other groups
 * @param reason whether whoever answers must say why; null = no
 * @param remind how often those who have not answered are reminded; null = never
 * @param checklist points that people must tick, beside the yes
 * @param escalate who may say yes too when nobody has for so long
 */
public record Approvals(
    int required,
    List<String> from,
    boolean self,
    Duration expires,
    // Nothing said is nothing in the digest either.
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Quorum> also,
    Boolean reason,
    Duration remind,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Escalation> escalate,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> checklist) {

  public Approvals {
    from = from == null ? List.of() : List.copyOf(from);
    expires = expires == null ? Duration.ofDays(7) : expires;
    also = also == null ? List.of() : List.copyOf(also);
    escalate = escalate == null ? List.of() : List.copyOf(escalate);
    checklist = checklist == null ? List.of() : List.copyOf(checklist);
  }

  /** So many of these groups, and nothing else. */
  public Approvals(int required, List<String> from, boolean self, Duration expires) {
    this(required, from, self, expires, null, null, null, null, null);
  }

  /** All that is wanted, whenever it is. */
  public List<Quorum> quorums() {
    List<Quorum> all = new ArrayList<>();
    all.add(new Quorum(required, from, null));
    all.addAll(also);
    return all;
  }

  /**
   * So many different people of these groups.
   *
   * @param when what must be in the release for them to be asked; null = they always are
   */
  public record Quorum(int required, List<String> from, When when) {
    public Quorum {
      from = from == null ? List.of() : List.copyOf(from);
    }
  }

  /** Whether whoever answers must say why. */
  public boolean wantsReason() {
    return Boolean.TRUE.equals(reason);
  }

  /**
   * Further groups, when the approval has waited long enough.
   *
   * @param after since it was asked for
   * @param to groups whose people fill any of the places from then on
   */
  public record Escalation(Duration after, List<String> to) {
    public Escalation {
      to = to == null ? List.of() : List.copyOf(to);
    }
  }

  /** What a release may have in it that concerns more people than others do. */
  public enum When {
    /** A revision that the former code may not bear, or of which nobody can say. */
    @JsonProperty("contract")
    CONTRACT,
    /** A revision of the schema, whatever it does. */
    @JsonProperty("migration")
    MIGRATION
  }
}
