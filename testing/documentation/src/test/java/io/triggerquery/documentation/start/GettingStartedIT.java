package io.triggerquery.documentation.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.documentation.example.StandInBilling;
import io.triggerquery.documentation.page.CompleteFile;
import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The files of the page are a project that Maven builds, whose tests pass, and which runs on a broker. */
class GettingStartedIT {

    private static final String PAGE = "docs/getting-started.md";
    private static final String PROJECTION = "src/main/java/com/example/payments/BillingProjection.java";

    @TempDir
    Path directory;

    @Test
    void thePageIsAProjectThatRuns() throws Exception {
        Path project = directory.resolve("payments");
        for (CompleteFile file : CompleteFile.of(Page.parse(PAGE, Repository.read(PAGE)))) {
            Files.createDirectories(project.resolve(file.path()).getParent());
            Files.writeString(project.resolve(file.path()), file.block().text() + "\n");
        }
        LocalRepository repository = LocalRepository.in(directory.resolve("repository"));

        assertThat(mvnTest(project, repository))
                .contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0")
                .contains("BUILD SUCCESS");
        applies(project);

        Path projection = project.resolve(PROJECTION);
        String guarded = Files.readString(projection);
        Files.writeString(projection, guarded.replace(" and b.version < s.version", ""));
        assertThat(projection).as("the page says what to remove").content().isNotEqualTo(guarded);
        assertThat(mvnTest(project, repository))
                .contains("BillingProjectionTest.ignoresAnOlderState:55")
                .contains("expected: \"bill-2\"\n but was: \"bill-1\"");
    }

    private static String mvnTest(Path project, LocalRepository repository) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Repository.path("mvnw").toAbsolutePath().toString(), "-B", "-o", "test"));
        command.addAll(repository.options());
        // the client that this build uses too, so that nothing is missing offline
        command.add("-Dkafka.version=" + property("kafka.version"));
        Path output = project.resolve("output");
        Process maven = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(maven.waitFor(5, TimeUnit.MINUTES)).as("Maven ends").isTrue();
        } finally {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static String property(String name) {
        Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(Repository.read("pom.xml"));
        assertThat(value.find()).as(name + " in pom.xml").isTrue();
        return value.group(1);
    }

    /** Starts the built application with the page's settings; only addresses and the database's directory differ. */
    private void applies(Path project) throws Exception {
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 2, "billing.billing-changed");
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
        URL[] classes = {project.resolve("target/classes").toUri().toURL()};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (StandInBilling billing = new StandInBilling();
                URLClassLoader loader = new URLClassLoader(classes, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            try (ConfigurableApplicationContext application = new SpringApplicationBuilder(
                            loader.loadClass("com.example.payments.PaymentsApplication"))
                    .resourceLoader(new DefaultResourceLoader(loader))
                    .run(
                            "--spring.main.web-application-type=none",
                            "--spring.kafka.bootstrap-servers=" + kafka.getBrokersAsString(),
                            "--triggerquery.sources.billing.url=" + billing.url(),
                            "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("payments-database"))) {
                @SuppressWarnings("unchecked")
                KafkaTemplate<String, String> sender = application.getBean(KafkaTemplate.class);
                JdbcClient jdbc = application.getBean(JdbcClient.class);
                sender.send("billing.billing-changed", "pay-1");
                await().atMost(Duration.ofSeconds(30)).until(() -> !rows(jdbc).isEmpty());
                assertThat(rows(jdbc)).singleElement().asString().contains("pay-1", "bill-1");
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            kafka.destroy();
        }
    }

    private static List<Map<String, Object>> rows(JdbcClient jdbc) {
        return jdbc.sql("select * from billing").query().listOfRows();
    }
}
