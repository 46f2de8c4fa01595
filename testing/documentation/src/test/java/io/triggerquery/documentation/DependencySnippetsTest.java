package io.triggerquery.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.CompleteFile;
import io.triggerquery.documentation.page.Repository;
import java.io.StringReader;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Each dependency in the documentation is a module of this build in this version, or a library that a module uses. */
class DependencySnippetsTest {

    @TestFactory
    Stream<DynamicTest> everyDependencyIsAModule() {
        return CompleteFile.excerptsIn("xml").map(block -> dynamicTest(block.where(), () -> check(block)));
    }

    private static void check(Block block) throws Exception {
        Document snippet = parse(block.where(), "<snippet>" + block.text() + "</snippet>");
        Document project = parse("pom.xml", Repository.read("pom.xml"));
        int dependencies = Integer.parseInt(value(snippet, "count(//dependency)"));
        assertThat(dependencies)
                .as(block.where() + ": a snippet has a dependency; give other XML a test of its own")
                .isPositive();
        for (int i = 1; i <= dependencies; i++) {
            String dependency = "(//dependency)[" + i + "]/";
            String artifact = value(snippet, dependency + "artifactId");
            if (value(snippet, dependency + "groupId").equals(value(project, "/project/groupId"))) {
                assertThat(Repository.modules().stream().map(Repository::artifact))
                        .as(block.where() + ": correct the artifactId " + artifact + ", which must be a module")
                        .contains(artifact);
                assertThat(value(snippet, dependency + "version"))
                        .as(block.where() + ": correct the version")
                        .isEqualTo(value(project, "/project/version"));
            } else {
                assertThat(Repository.modules())
                        .as(block.where() + ": no module uses " + artifact
                                + "; correct the dependency, or use it in a test")
                        .anyMatch(module -> Repository.read(module + "/pom.xml")
                                .contains("<artifactId>" + artifact + "</artifactId>"));
            }
        }
    }

    private static Document parse(String where, String xml) throws Exception {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (SAXException e) {
            throw new AssertionError(where + ": this is no well-formed XML; correct it", e);
        }
    }

    private static String value(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }
}
