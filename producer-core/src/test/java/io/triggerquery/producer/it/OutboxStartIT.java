package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The checks of the outbox table and its database at the start of the application. */
@ExtendWith(OutputCaptureExtension.class)
class OutboxStartIT {

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        KafkaAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        TriggerProducerAutoConfiguration.class
    })
    static class Application {

        @Bean
        TriggerSender sender() {
            return trigger -> CompletableFuture.completedFuture(new SendOutcome.Unreachable("no broker"));
        }
    }

    private static ConfigurableApplicationContext start(DataSource database, String... settings) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(
                        context -> ((GenericApplicationContext) context).registerBean(DataSource.class, () -> database))
                .properties(settings)
                .properties(
                        "triggerquery.producer.strategy=outbox",
                        "triggerquery.producer.destinations.changed.topic=changed")
                .run();
    }

    private static String fails(CapturedOutput output, DataSource database, String... settings) {
        assertThatThrownBy(() -> start(
                        database,
                        Stream.concat(Stream.of("spring.flyway.enabled=false"), Stream.of(settings))
                                .toArray(String[]::new))
                .close());
        return output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START"));
    }

    @ParameterizedTest
    @MethodSource("io.triggerquery.producer.TestDatabase#products")
    void missingTableStopsTheStartAndNamesItsScript(TestDatabase kind, CapturedOutput output) {
        assertThat(fails(output, kind.newDatabase()))
                .containsPattern("The strategy \"outbox\" cannot use the table trigger_outbox: .*(?i)trigger_outbox")
                .contains("Add " + kind.location()
                        + " to spring.flyway.locations, or run R__trigger_outbox.sql from there");
    }

    @Test
    void unsupportedDatabaseStopsTheStartAndNamesTheSupportedOnes(CapturedOutput output) {
        assertThat(fails(output, new DriverManagerDataSource("jdbc:sqlite::memory:")))
                .contains(
                        "The strategy \"outbox\" requires PostgreSQL, MySQL, MariaDB or H2, but the database is SQLite.")
                .contains("Set triggerquery.producer.strategy to one that needs no database");
    }

    @ParameterizedTest
    @MethodSource("io.triggerquery.producer.TestDatabase#all")
    void tableIsCheckedAfterTheMigration(TestDatabase kind, CapturedOutput output) {
        DataSource database = kind.newDatabase();
        try (var application = start(database, "spring.flyway.locations=" + kind.location())) {
            assertThat(application.getBean(TriggerPublisher.class)).isNotNull();
        }
        // the script can run again, as it does after each change of it
        kind.createTable(database);
        assertThat(output).doesNotContain("could not be checked");
    }

    @Test
    void applicationNameThatEndsWithASpaceStopsTheStart(CapturedOutput output) {
        assertThat(fails(
                        output,
                        new DriverManagerDataSource(TestDatabase.MARIADB.url()),
                        "spring.application.name=billing "))
                .contains("cannot keep the name of the application, \"billing?\": it ends with a space.");
    }

    @Test
    void tooLongDestinationNameStopsTheStart(CapturedOutput output) {
        String name = "n".repeat(256);
        assertThat(fails(
                        output,
                        new DriverManagerDataSource(TestDatabase.MARIADB.url()),
                        "triggerquery.producer.destinations.[" + name + "].topic=changed"))
                .contains("cannot keep the name of a destination", "it has more than 255 characters.");
    }

    static Stream<Arguments> rights() {
        return TestDatabase.products()
                .flatMap(kind ->
                        Stream.of("SELECT", "INSERT", "UPDATE", "DELETE").map(right -> arguments(kind, right)));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void missingRightOnTheTableStopsTheStartAndIsNamed(TestDatabase kind, String right, CapturedOutput output) {
        String url = kind.newUrl();
        DataSource database = new DriverManagerDataSource(url);
        kind.createTable(database);
        JdbcClient owner = JdbcClient.create(database);
        String name = "without_" + right.toLowerCase(Locale.ROOT);
        List<String> rights = new ArrayList<>(List.of("select", "insert", "update", "delete"));
        rights.remove(right.toLowerCase(Locale.ROOT));
        String grant = "grant " + String.join(", ", rights) + " on trigger_outbox to ";

        String user;
        DataSource limited;
        switch (kind) {
            case POSTGRESQL -> {
                user = '"' + name + '"';
                owner.sql("create role " + name).update();
                owner.sql(grant + name).update();
                limited = new InitializedConnections(database, "set role " + name);
            }
            case H2 -> {
                user = name.toUpperCase(Locale.ROOT);
                owner.sql("create user " + name + " password 's3cr3t'").update();
                owner.sql(grant + name).update();
                limited = new DriverManagerDataSource(
                        url.replace("USER=sa;DB_CLOSE_DELAY=-1", "USER=" + name + ";PASSWORD=s3cr3t"));
            }
            default -> {
                user = "'" + name + "'@'localhost'";
                owner.sql("create user if not exists " + user + " identified by 's3cr3t'")
                        .update();
                owner.sql(grant + user).update();
                limited = new DriverManagerDataSource(
                        url.replaceFirst("user=[^&]*&password=[^&]*", "user=" + name + "&password=s3cr3t"));
            }
        }

        assertThat(fails(output, limited))
                .contains("The strategy \"outbox\" cannot work: the user " + user + " lacks " + right
                        + " on the table trigger_outbox.")
                .contains("grant select, insert, update, delete on trigger_outbox to " + user);
    }

    @Test
    void statementBasedBinaryLogStopsTheStart(CapturedOutput output) {
        DataSource database = TestDatabase.MARIADB.newDatabase();
        TestDatabase.MARIADB.createTable(database);
        var statements = new InitializedConnections(database, "set session binlog_format = 'STATEMENT'");
        // the server behaves as the check assumes
        var readCommitted = new TransactionTemplate(new DataSourceTransactionManager(statements));
        readCommitted.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        assertThatThrownBy(() -> readCommitted.executeWithoutResult(transaction -> JdbcClient.create(statements)
                        .sql("delete from trigger_outbox")
                        .update()))
                .hasMessageContaining("BINLOG_FORMAT = STATEMENT");

        assertThat(fails(output, statements))
                .contains("The strategy \"outbox\" cannot work with binlog_format=STATEMENT")
                .contains("Set binlog_format of the server to ROW");
    }

    @Test
    void unavailableDatabaseDoesNotStopTheStart(CapturedOutput output) {
        var away = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:9/none", "postgres", "s3cr3t");
        try (var application = start(away, "spring.flyway.enabled=false")) {
            assertThat(application.getBean(TriggerPublisher.class)).isNotNull();
        }
        assertThat(output)
                .contains("The table trigger_outbox could not be checked")
                .doesNotContain("s3cr3t");
    }
}
