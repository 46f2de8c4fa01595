package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The outbox has its table when the application starts, or the start says where its script is. */
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

    private static String fails(CapturedOutput output, DataSource database) {
        assertThatThrownBy(() -> start(database, "spring.flyway.enabled=false").close());
        return output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START"));
    }

    @Test
    void withoutTheTableTheStartSaysWhereItsScriptIs(CapturedOutput output) {
        assertThat(fails(output, Servers.running().newDatabase()))
                .contains("The strategy \"outbox\" cannot use the table trigger_outbox: ERROR: relation")
                .contains("Add classpath:db/triggerquery to spring.flyway.locations, or run R__trigger_outbox.sql");
    }

    @Test
    void inADatabaseThatItDoesNotKnowTheStartSaysWhichItKnows(CapturedOutput output) {
        assertThat(fails(output, new DriverManagerDataSource("jdbc:h2:mem:outbox")))
                .contains("The strategy \"outbox\" requires PostgreSQL, but the database is H2.")
                .contains("Set triggerquery.producer.strategy to one that needs no database");
    }

    @Test
    void theTableIsLookedForWhenTheDatabaseHasBeenMigrated() {
        try (var application =
                start(Servers.running().newDatabase(), "spring.flyway.locations=classpath:db/triggerquery")) {
            assertThat(application.getBean(TriggerPublisher.class)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "INSERT", "UPDATE", "DELETE"})
    void aRoleThatLacksARightOnTheTableDoesNotStartAndIsTold(String right, CapturedOutput output) {
        DataSource database = Servers.running().newDatabase();
        new ResourceDatabasePopulator(new ClassPathResource("db/triggerquery/R__trigger_outbox.sql")).execute(database);
        String role = "role_without_" + right.toLowerCase(Locale.ROOT);
        JdbcClient owner = JdbcClient.create(database);
        owner.sql("create role " + role).update();
        owner.sql("grant select, insert, update, delete on trigger_outbox to " + role)
                .update();
        owner.sql("revoke " + right + " on trigger_outbox from " + role).update();

        assertThat(fails(output, new InitializedConnections(database, "set role " + role)))
                .contains("The strategy \"outbox\" cannot work: the role \"" + role + "\" lacks " + right
                        + " on the table trigger_outbox")
                .contains("grant select, insert, update, delete on trigger_outbox to \"" + role + "\"");
    }

    @Test
    void aDatabaseThatIsAwayDoesNotStopTheStart(CapturedOutput output) {
        var away = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:9/none", "postgres", "s3cr3t");
        try (var application = start(away, "spring.flyway.enabled=false")) {
            assertThat(application.getBean(TriggerPublisher.class)).isNotNull();
        }
        assertThat(output)
                .contains("The table trigger_outbox could not be checked")
                .doesNotContain("s3cr3t");
    }
}
