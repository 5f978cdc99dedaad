package io.millrace.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A site that is reached only where something has gone wrong before: what cleans up, or reads back.
 * Several faults may lead there, some of them only when two threads happen to meet.
 */
final class Detour {
  private final String site;
  private final List<Cell> cells = new ArrayList<>();

  Detour(String site) {
    this.site = site;
  }

  /** The faults at the site, behind those that have led there. */
  void add(List<Cell> led) {
    cells.addAll(led);
  }

  /**
   * For each fault at the site, the ways to it, the likeliest first: what goes wrong close by leads
   * there always.
   */
  List<List<Cell>> waysToEachFault() {
    Map<FaultKind, List<Cell>> ways = new LinkedHashMap<>();
    for (Cell cell : cells) {
      ways.computeIfAbsent(last(cell).kind(), kind -> new ArrayList<>()).add(cell);
    }
    ways.values().forEach(some -> some.sort(Comparator.comparingInt(this::distance)));
    return List.copyOf(ways.values());
  }

  private int distance(Cell cell) {
    String lead = cell.faults().get(cell.faults().size() - 2).site();
    int common = 0;
    while (common < Math.min(lead.length(), site.length())
        && lead.charAt(common) == site.charAt(common)) {
      common++;
    }
    return -common;
  }

  private static Fault last(Cell cell) {
    return cell.faults().get(cell.faults().size() - 1);
  }
}
