package io.triggerquery.documentation.command;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.Page;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Each JSON snippet is valid, and its names occur in the endpoint's reports. */
class JsonSnippetsTest {

    @TestFactory
    Stream<DynamicTest> everyNameOccursInAReport() {
        return Page.blocksIn("json").map(block -> dynamicTest(block.where(), () -> check(block)));
    }

    private static void check(Block block) {
        try {
            Http.names(JsonMapper.shared().readTree(block.text())).forEach(name -> {
                if (!Sources.haveParameter("consumer-core/src/main", name)) {
                    throw new AssertionError(block.where() + ": no report has " + name + "; correct the name");
                }
            });
        } catch (JacksonException e) {
            throw new AssertionError(block.where() + ": this is no JSON; correct it", e);
        }
    }
}
