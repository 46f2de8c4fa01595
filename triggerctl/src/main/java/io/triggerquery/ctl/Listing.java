package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Entry;
import io.triggerquery.ctl.source.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Formats triggers as a table or as JSON. */
final class Listing {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> HEADER = List.of("DESTINATION", "ID", "VERSION", "SINCE", "STATE", "REASON");

    private final List<Entry> shown;
    private final int more;

    Listing(List<Entry> entries, int limit) {
        shown = Stream.concat(
                        entries.stream().filter(entry -> entry.state() == State.PARKED),
                        entries.stream().filter(entry -> entry.state() != State.PARKED))
                .limit(Math.max(0, limit))
                .toList();
        more = entries.size() - shown.size();
    }

    List<String> table() {
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        shown.forEach(entry -> rows.add(cells(entry)));
        List<Integer> widths = IntStream.range(0, HEADER.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths)));
        if (more > 0) {
            lines.add("... and " + more + " more; see --limit");
        }
        return lines;
    }

    private static List<String> cells(Entry entry) {
        Long version = entry.trigger().version();
        return List.of(
                entry.trigger().destination(),
                entry.trigger().id(),
                version == null ? "-" : version.toString(),
                entry.since().toString(),
                state(entry),
                entry.reason());
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    String json() {
        ArrayNode array = JSON.createArrayNode();
        for (Entry entry : shown) {
            ObjectNode node = array.addObject();
            node.put("destination", entry.trigger().destination());
            node.put("id", entry.trigger().id());
            node.put("version", entry.trigger().version());
            node.put("since", entry.since().toString());
            node.put("state", state(entry));
            node.put("reason", entry.reason());
        }
        return JSON.writeValueAsString(array);
    }

    private static String state(Entry entry) {
        return entry.state().name().toLowerCase(Locale.ROOT);
    }
}
