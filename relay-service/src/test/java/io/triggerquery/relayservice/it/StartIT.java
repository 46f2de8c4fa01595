package io.triggerquery.relayservice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The requirements of a start, and the messages if one is missing. */
class StartIT {

    private static final TriggerSender NO_KAFKA =
            trigger -> CompletableFuture.completedFuture(new SendOutcome.Unreachable("no broker"));

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void missingDatabaseStopsTheStart(String url) {
        assertThatThrownBy(() -> Instance.sendingWith(NO_KAFKA, "postgres", "spring.datasource.url=" + url))
                .hasMessageContaining("DATABASE_URL is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:oracle:thin:system/s3cr3t@127.0.0.1", "127.0.0.1:5432/relay", "postgresql"})
    void unsupportedDatabaseStopsTheStart(String url) {
        assertThatThrownBy(() -> Instance.sendingWith(NO_KAFKA, "postgres", "spring.datasource.url=" + url))
                .hasMessageContaining("DATABASE_URL must start with jdbc:postgresql:, jdbc:mariadb:")
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @MethodSource("io.triggerquery.relayservice.it.TestDatabase#all")
    @ExtendWith(OutputCaptureExtension.class)
    void triggersSurviveARestartAndLateSyncIsLogged(TestDatabase kind, CapturedOutput output) {
        String database = kind.newDatabase();
        try (Instance service = Instance.sendingWith(NO_KAFKA, database, Instance.NO_POLL)) {
            if (kind == TestDatabase.POSTGRESQL) {
                assertThat(service.jdbc()
                                .sql("show synchronous_commit")
                                .query(String.class)
                                .single())
                        .isEqualTo("on");
            } else {
                assertThat(output).contains("writes commits to the disk later");
            }
            service.post("billing", "/v1/triggers", "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"kept\"}]}");
        }
        try (Instance service = Instance.sendingWith(NO_KAFKA, database, Instance.NO_POLL)) {
            assertThat(ids(service.jdbc())).containsExactly("kept");
        }
    }

    @Test
    void synchronousCommitIsEnabledIfTheDatabaseDisablesIt() {
        String database = Servers.newDatabase();
        JdbcClient.create(Servers.dataSource(database))
                .sql("alter database " + database + " set synchronous_commit = off")
                .update();

        try (Instance service = Instance.sendingWith(NO_KAFKA, database, Instance.NO_POLL)) {
            assertThat(service.jdbc()
                            .sql("show synchronous_commit")
                            .query(String.class)
                            .single())
                    .isEqualTo("on");
        }
    }

    @Test
    void callIsAnsweredWith503WhileTheDatabaseIsUnavailable() {
        String database = Servers.newDatabase();
        JdbcClient administrator = JdbcClient.create(Servers.dataSource("postgres"));
        String call = "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"p-1\"}]}";
        try (Instance service = Instance.sendingWith(NO_KAFKA, database, Instance.NO_POLL)) {
            administrator
                    .sql("alter database " + database + " allow_connections false")
                    .update();
            administrator
                    .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?")
                    .param(database)
                    .query((row, n) -> row.getBoolean(1))
                    .list();
            HttpResponse<String> away = service.post("billing", "/v1/triggers", call);
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.body()).contains("the database is not available").doesNotContain(database);

            administrator
                    .sql("alter database " + database + " allow_connections true")
                    .update();
            // the pool may still contain broken connections
            await().until(() -> service.post("billing", "/v1/triggers", call).statusCode() == 202);
        }
    }

    @Test
    void missingCallerStopsTheStart() {
        List<String> arguments = new ArrayList<>(Instance.arguments(Servers.newDatabase()));
        arguments.removeIf(argument -> argument.contains("callers"));

        assertThatThrownBy(() -> Instance.start(Instance.builder(), arguments))
                .rootCause()
                .hasMessageContaining("triggerquery.relay-service.callers.NAME.password");
    }

    @Test
    void unencodedPasswordStopsTheStart() {
        assertThatThrownBy(() -> Instance.sendingToKafka(
                        Servers.newDatabase(), "triggerquery.relay-service.callers.billing.password=plain"))
                .rootCause()
                .hasMessageContaining("triggerquery.relay-service.callers.billing.password is not encoded")
                .hasMessageNotContaining("plain");
    }

    @Test
    void destinationWithoutTopicStopsTheStart() {
        assertThatThrownBy(() -> Instance.sendingToKafka(
                        Servers.newDatabase(), "triggerquery.relay-service.callers.billing.destinations=changed,other"))
                .rootCause()
                .hasMessageContaining("[other]")
                .hasMessageContaining("triggerquery.producer.destinations.NAME.topic");
    }

    private static List<String> ids(JdbcClient jdbc) {
        return jdbc.sql("select trigger_id from trigger_outbox")
                .query(String.class)
                .list();
    }
}
