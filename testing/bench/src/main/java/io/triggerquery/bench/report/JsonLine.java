package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Figure;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Converts a run to a JSON object in one line; a figure is null if its event did not happen. */
final class JsonLine {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonLine() {}

    static String of(Result result) {
        ObjectNode line = JSON.createObjectNode()
                .put("workload", result.workload())
                .put("peer", result.peer())
                .put("run", result.run());
        ObjectNode figures = line.putObject("figures");
        result.outcome().figures().forEach((figure, value) -> put(figures, figure, value));
        var remarks = line.putArray("remarks");
        result.outcome().remarks().forEach(remarks::add);
        return line.toString();
    }

    private static void put(ObjectNode figures, Figure figure, double value) {
        String name = figure.name().toLowerCase(Locale.ROOT);
        if (Double.isFinite(value)) {
            figures.put(name, value);
        } else {
            figures.putNull(name);
        }
    }
}
