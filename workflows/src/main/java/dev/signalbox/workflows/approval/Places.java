package dev.signalbox.workflows.approval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Seats people in the places of an approval: everybody fills one at the most, however many groups
 * he is in, and where a seating exists that leaves no place empty it is found.
 */
public final class Places {
  private static final int EMPTY = -1;

  private final List<Need> needs;

  /** Of each place, the need that it belongs to. */
  private final List<Integer> places = new ArrayList<>();

  private final List<Voice> voices;
  private final int[] seated;

  private Places(List<Need> needs, List<Voice> voices) {
    this.needs = needs;
    this.voices = voices;
    for (int need = 0; need < needs.size(); need++) {
      places.addAll(Collections.nCopies(needs.get(need).required(), need));
    }
    this.seated = new int[places.size()];
    Arrays.fill(seated, EMPTY);
    for (int voice = 0; voice < voices.size(); voice++) {
      seat(voice, new boolean[places.size()]);
    }
  }

  /**
   * A yes.
   *
   * @param names the person's own name, and of those in whose place he speaks
   */
  public record Voice(Set<String> names) {
    public Voice {
      names = Set.copyOf(names);
    }

    public static Voice of(String name) {
      return new Voice(Set.of(name));
    }

    private boolean fills(Need need) {
      return names.stream().anyMatch(need.from()::contains);
    }
  }

  /** What is still missing, with its numbers; empty = every place is filled. */
  public static List<Need> unfilled(List<Need> needs, List<Voice> voices) {
    Places filled = new Places(needs, voices);
    return IntStream.range(0, needs.size())
        .mapToObj(need -> needs.get(need).less(filled.count(need)))
        .filter(need -> need.required() > 0)
        .toList();
  }

  private int count(int need) {
    return (int)
        IntStream.range(0, seated.length)
            .filter(at -> places.get(at) == need && seated[at] != EMPTY)
            .count();
  }

  // Whoever sits where this one could makes room where he can (an augmenting path).
  private boolean seat(int voice, boolean[] asked) {
    for (int at = 0; at < seated.length; at++) {
      if (!asked[at] && voices.get(voice).fills(needs.get(places.get(at)))) {
        asked[at] = true;
        if (seated[at] == EMPTY || seat(seated[at], asked)) {
          seated[at] = voice;
          return true;
        }
      }
    }
    return false;
  }
}
