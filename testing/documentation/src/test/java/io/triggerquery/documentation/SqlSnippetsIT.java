package io.triggerquery.documentation;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.example.Database;
import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.Page;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each SQL snippet runs on a database with the tables of this version. */
class SqlSnippetsIT {

    @TestFactory
    Stream<DynamicTest> everyStatementRuns() {
        return Page.blocksIn("sql").map(block -> dynamicTest(block.where(), () -> run(block)));
    }

    private static void run(Block block) {
        JdbcTemplate jdbc = new JdbcTemplate(Database.dataSource());
        // each by itself: several at once are one transaction, in which no index is created concurrently
        for (String statement : block.text().replaceAll("(?m)^--.*$", "").split(";")) {
            if (!statement.isBlank()) {
                try {
                    jdbc.execute(statement);
                } catch (DataAccessException e) {
                    throw new AssertionError(
                            block.where() + ": the database refuses \"" + statement.strip() + "\"; correct it: "
                                    + e.getMostSpecificCause().getMessage(),
                            e);
                }
            }
        }
    }
}
