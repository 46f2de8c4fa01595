package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint answer shown in the documentation. Its fields, their order and their types are compared. */
final class DocumentedAnswer {

    private static final Path PAGE = Path.of("..", "docs", "operating.md");
    private static final String BLOCK = "```json\n";

    private DocumentedAnswer() {}

    /** Compares an answer with the first one in JSON after the request. */
    static void assertShownAfter(String request, JsonNode actual) throws IOException {
        String page = Files.readString(PAGE);
        int named = page.indexOf(request + "`");
        assertThat(named).as(request).isNotNegative();
        int begin = page.indexOf(BLOCK, named) + BLOCK.length();
        JsonNode shown = JsonMapper.shared().readTree(page.substring(begin, page.indexOf("```", begin)));
        assertSame(request, shown, actual);
    }

    private static void assertSame(String path, JsonNode shown, JsonNode actual) {
        assertThat(actual.getNodeType()).as(path).isEqualTo(shown.getNodeType());
        if (shown.isObject()) {
            assertThat(List.copyOf(actual.propertyNames())).as(path).containsExactlyElementsOf(shown.propertyNames());
            shown.properties()
                    .forEach(property -> assertSame(
                            path + "/" + property.getKey(), property.getValue(), actual.get(property.getKey())));
        } else if (shown.isArray()) {
            assertThat(actual.isEmpty()).as(path).isEqualTo(shown.isEmpty());
            if (!shown.isEmpty()) {
                assertSame(path + "/0", shown.get(0), actual.get(0));
            }
        }
    }
}
