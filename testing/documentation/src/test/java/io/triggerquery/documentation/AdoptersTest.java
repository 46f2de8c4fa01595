package io.triggerquery.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import io.triggerquery.documentation.page.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of adopters' projects lists the existing projects with their numbers of lines. */
class AdoptersTest {

    private static final Page PAGE = Page.parse("docs/adopters.md", Repository.read("docs/adopters.md"));
    private static final List<Table.Row> ROWS = Table.of(PAGE).get(0).rows();

    @Test
    void everyProjectIsListedWithLineCounts() {
        assertThat(ROWS.stream()
                        .map(row -> row.code(1).get(0) + ": " + row.cells().get(2)))
                .as("projects and lines in " + PAGE.path())
                .containsExactlyInAnyOrderElementsOf(AdoptersProject.all().stream()
                        .map(project -> project.name() + ": " + project.lines().size())
                        .toList());
    }

    @Test
    void testCommandBuildsFirstSecondAndFourthProject() {
        assertThat(AdoptersProject.all().stream()
                        .filter(AdoptersProject::isInTheTestCommand)
                        .map(AdoptersProject::name))
                .as("pomIncludes in testing/adopters/pom.xml, as " + PAGE.path() + " names them")
                .containsExactlyInAnyOrder(
                        ROWS.get(0).code(1).get(0),
                        ROWS.get(1).code(1).get(0),
                        ROWS.get(3).code(1).get(0));
    }
}
