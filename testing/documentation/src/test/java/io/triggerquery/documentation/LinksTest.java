package io.triggerquery.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each link within the repository leads to a file and a heading that exist. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    @TestFactory
    Stream<DynamicTest> everyLinkHasATarget() {
        return Page.all().stream()
                .map(page -> dynamicTest(
                        page.path(),
                        () -> assertThat(broken(page)).as("broken links").isEmpty()));
    }

    private static List<String> broken(Page page) {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < page.prose().size(); i++) {
            Matcher links = LINK.matcher(page.prose().get(i));
            while (links.find()) {
                String target = links.group(1);
                String problem = target.contains("://") ? "" : problem(page, target);
                if (!problem.isEmpty()) {
                    broken.add(page.path() + ":" + (i + 1) + ": " + target + ": " + problem);
                }
            }
        }
        return broken;
    }

    private static String problem(Page page, String target) {
        String[] parts = target.split("#", 2);
        Path from = Repository.path(page.path());
        Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) {
            return "there is no such file; correct the link";
        }
        return parts.length == 1
                        || Page.parse(file.toString(), Repository.read(file))
                                .anchors()
                                .contains(parts[1])
                ? ""
                : "the page has no such heading; correct what is after the #";
    }

    @Test
    void anchorsEqualThoseOfGitHub() {
        assertThat(Page.parse("page", "# `publish`, and more: why?\n\n## Limits\n\n## Limits\n")
                        .anchors())
                .containsExactlyInAnyOrder("publish-and-more-why", "limits", "limits-1");
    }
}
