package io.triggerquery.documentation.observability;

import io.triggerquery.documentation.page.Repository;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard that the project ships. */
final class ShippedDashboard {

    static final String FILE = "observability/triggerquery-dashboard.json";

    private ShippedDashboard() {}

    static List<JsonNode> panels() {
        return each(JsonMapper.shared().readTree(Repository.read(FILE)).get("panels"))
                .toList();
    }

    /** Returns the expressions of all panels, with values for Grafana's variables. */
    static List<String> expressions() {
        return panels().stream()
                .filter(panel -> panel.has("targets"))
                .flatMap(panel -> each(panel.get("targets")))
                .map(target -> target.get("expr").asString())
                .map(expression ->
                        expression.replace("$__rate_interval", "5m").replaceAll("\\$(job|listener|instance)", ".*"))
                .toList();
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
