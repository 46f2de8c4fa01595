package io.triggerquery.documentation.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.documentation.example.StandInBilling;
import io.triggerquery.documentation.page.CompleteFile;
import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    void pageIsARunningProject() throws Exception {
        Path project = directory.resolve("payments");
        for (CompleteFile file : CompleteFile.of(Page.parse(PAGE, Repository.read(PAGE)))) {
            Files.createDirectories(project.resolve(file.path()).getParent());
            Files.writeString(project.resolve(file.path()), file.block().text() + "\n");
        }
        LocalRepository repository = LocalRepository.ofThisBuild();

        assertThat(repository.mvnTest(project))
                .contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0")
                .contains("BUILD SUCCESS");
        BuiltProject built = new BuiltProject(project);
        built.use(this::appliesATrigger);
        built.remove(" and b.version < s.version", PROJECTION);
        built.use(GettingStartedIT::failsWithoutTheVersion);
    }

    private static void failsWithoutTheVersion(ClassLoader classes) throws Exception {
        Class<?> test = classes.loadClass("com.example.payments.BillingProjectionTest");
        Constructor<?> constructor = test.getDeclaredConstructor();
        Method method = test.getDeclaredMethod("ignoresAnOlderState");
        constructor.setAccessible(true);
        method.setAccessible(true);
        Object instance = constructor.newInstance();
        assertThatThrownBy(() -> method.invoke(instance))
                .cause()
                .hasMessageContaining("expected: \"bill-2\"\n but was: \"bill-1\"")
                .satisfies(failure -> assertThat(failure.getStackTrace())
                        .anyMatch(frame -> frame.toString().contains("BillingProjectionTest.java:55")));
    }

    /** Starts the built application with the page's settings; only addresses and the database's directory differ. */
    private void appliesATrigger(ClassLoader classes) throws Exception {
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 2, "billing.billing-changed");
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
        try (StandInBilling billing = new StandInBilling();
                ConfigurableApplicationContext application = new SpringApplicationBuilder(
                                classes.loadClass("com.example.payments.PaymentsApplication"))
                        .resourceLoader(new DefaultResourceLoader(classes))
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
        } finally {
            kafka.destroy();
        }
    }

    private static List<Map<String, Object>> rows(JdbcClient jdbc) {
        return jdbc.sql("select * from billing").query().listOfRows();
    }
}
