package io.triggerquery.relayservice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication and authorization of the callers, and the answers to invalid calls. */
class CallsIT {

    private static final String DATABASE = Servers.newDatabase();
    private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final List<OutgoingTrigger> sent = new CopyOnWriteArrayList<>();
    private static final TriggerSender SENDER = trigger -> {
        sent.add(trigger);
        return CompletableFuture.completedFuture(new SendOutcome.Acknowledged());
    };
    private static Instance service;

    @BeforeAll
    static void start() {
        service = Instance.sendingWith(SENDER, DATABASE, Instance.NO_POLL);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void clear() {
        sent.clear();
    }

    @Test
    void acceptedTriggersAreSent() {
        HttpResponse<String> answer = service.post(
                "billing",
                "/v1/triggers",
                "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"p-1\",\"version\":7},"
                        + "{\"destination\":\"changed\",\"id\":\"p-2\"}]}");

        assertThat(answer.statusCode()).isEqualTo(202);
        await().until(() -> sent.size() == 2);
        assertThat(sent)
                .containsExactlyInAnyOrder(
                        new OutgoingTrigger("changed", "p-1", 7L), OutgoingTrigger.of("changed", "p-2"));
        await().until(() -> Instance.rows(DATABASE) == 0);
    }

    @Test
    void hashedPasswordIsAccepted() {
        assertThat(service.post("payment", "/v1/triggers", triggers("paid", "p-1"))
                        .statusCode())
                .isEqualTo(202);
        await().until(() -> sent.size() == 1);
    }

    @Test
    void registeredTriggerIsSentAfterItsActivation() {
        String registration = "{\"registration\":\"" + UUID + "\",\"destination\":\"changed\",\"id\":\"p-3\"}";
        assertThat(service.post(
                                "billing",
                                "/v1/registrations",
                                "{\"maxRunSeconds\":30,\"registrations\":[" + registration + "]}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(sent).isEmpty();

        assertThat(service.post("billing", "/v1/registrations/activate", "{\"registrations\":[" + registration + "]}")
                        .statusCode())
                .isEqualTo(202);

        await().until(() -> sent.size() == 1);
        await().until(() -> Instance.rows(DATABASE) == 0);
    }

    @Test
    void cancelledRegistrationIsDeleted() {
        service.post(
                "billing",
                "/v1/registrations",
                "{\"maxRunSeconds\":30,\"registrations\":[{\"registration\":\"" + UUID
                        + "\",\"destination\":\"changed\",\"id\":\"p-4\"}]}");

        assertThat(service.post("billing", "/v1/registrations/cancel", "{\"registrations\":[\"" + UUID + "\"]}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(Instance.rows(DATABASE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/triggers",
                "/v1/registrations",
                "/v1/registrations/activate",
                "/v1/registrations/cancel",
                "/actuator/prometheus",
                "/actuator/info"
            })
    void callsWithoutValidCredentialsAreRefused(String path) {
        assertThat(Instance.send(json(path, triggers("changed", "p-1"))).statusCode())
                .isEqualTo(401);
        // nor with an unknown user
        assertThat(Instance.send(json(path, triggers("changed", "p-1"))
                                .header("Authorization", Instance.basic("nobody")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(sent).isEmpty();
    }

    @Test
    void healthAndDescriptionArePublicWithoutDetails() {
        HttpResponse<String> health = Instance.send(HttpRequest.newBuilder(url("/actuator/health")));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).doesNotContain("PostgreSQL");
        assertThat(Instance.send(HttpRequest.newBuilder(url("/openapi.yaml"))).body())
                .startsWith("openapi: 3");
    }

    @Test
    void callersCanReadMeters() {
        HttpResponse<String> meters = Instance.send(
                HttpRequest.newBuilder(url("/actuator/prometheus")).header("Authorization", Instance.basic("billing")));

        assertThat(meters.body())
                .contains("triggerquery_relay_sent_unactivated_total")
                .contains("triggerquery_relay_activated_late_total")
                .contains("triggerquery_producer_pending");
    }

    @Test
    void destinationOfAnotherCallerIsForbidden() {
        HttpResponse<String> answer = service.post(
                "billing",
                "/v1/triggers",
                "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"p-1\"},{\"destination\":\"paid\",\"id\":\"p-1\"}]}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("triggers[1].destination").doesNotContain("p-1");
        assertThat(Instance.rows(DATABASE)).isZero();
    }

    @Test
    void destinationOfAnotherCallerCannotBeRegisteredOrActivated() {
        String body = "{\"maxRunSeconds\":30,\"registrations\":[{\"registration\":\"" + UUID
                + "\",\"destination\":\"paid\",\"id\":\"p-1\"}]}";

        assertThat(service.post("billing", "/v1/registrations", body).statusCode())
                .isEqualTo(403);
        assertThat(service.post("billing", "/v1/registrations/activate", body).statusCode())
                .isEqualTo(403);
        assertThat(Instance.rows(DATABASE)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"ok\"},{\"destination\":\"changed\",\"id\":\"../x\"}]}"
                        + "|triggers[1].id: an id has 1 to 256 characters",
                "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"\"}]}|triggers[0].id: an id has",
                "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"..\"}]}|triggers[0].id: an id is neither",
                "{\"triggers\":[{\"destination\":\"changed\"}]}|triggers[0].id is missing",
                "{\"triggers\":[{\"id\":\"p-1\"}]}|triggers[0].destination is missing",
                "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"p-1\",\"version\":-1}]}|triggers[0].version must not be negative",
                "{\"triggers\":[{\"destination\":\"changed\",\"id\":\"p-1\",\"version\":\"x\"}]}|triggers[0].version",
                "{\"triggers\":[null]}|triggers[0] is null",
                "{\"triggers\":[]}|triggers must be a list of 1 to 1000",
                "{}|triggers must be a list of 1 to 1000",
                "[]|the body",
                "nonsense|is not the JSON that /openapi.yaml describes"
            })
    void invalidCallIsAnsweredWithPositionAndReason(String body, String detail) {
        HttpResponse<String> answer = service.post("billing", "/v1/triggers", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains(detail).doesNotContain("../x");
        assertThat(Instance.rows(DATABASE)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0|\"" + UUID + "\"|maxRunSeconds must be 1 to 3600",
                "3601|\"" + UUID + "\"|maxRunSeconds must be 1 to 3600",
                "30|null|registrations[0].registration is missing",
                "30|\"p-1\"|registrations[0].registration"
            })
    void invalidRegistrationIsAnsweredWithPositionAndReason(String seconds, String registration, String detail) {
        HttpResponse<String> answer = service.post(
                "billing",
                "/v1/registrations",
                "{\"maxRunSeconds\":" + seconds + ",\"registrations\":[{\"registration\":" + registration
                        + ",\"destination\":\"changed\",\"id\":\"p-1\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(detail);
    }

    @Test
    void callHasAtMostOneThousandTriggers() {
        assertThat(service.post("billing", "/v1/triggers", many(1_001)).statusCode())
                .isEqualTo(400);
        assertThat(sent).isEmpty();

        assertThat(service.post("billing", "/v1/triggers", many(1_000)).statusCode())
                .isEqualTo(202);
        await().until(() -> sent.size() == 1_000);
    }

    @Test
    void bodyThatIsTooLargeOrOfUnknownSizeIsRefused() {
        assertThat(service.post("billing", "/v1/triggers", " ".repeat(1 << 20) + "{}")
                        .statusCode())
                .isEqualTo(413);
        HttpRequest.BodyPublisher chunked =
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(Instance.send(HttpRequest.newBuilder(url("/v1/triggers"))
                                .header("Authorization", Instance.basic("billing"))
                                .POST(chunked))
                        .statusCode())
                .isEqualTo(411);
    }

    private static HttpRequest.Builder json(String path, String body) {
        return HttpRequest.newBuilder(url(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static URI url(String path) {
        return service.url().resolve(path);
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{\"destination\":\"changed\",\"id\":\"" + "i".repeat(200) + n + "\"}")
                .collect(Collectors.joining(",", "{\"triggers\":[", "]}"));
    }

    private static String triggers(String destination, String id) {
        return "{\"triggers\":[{\"destination\":\"" + destination + "\",\"id\":\"" + id + "\"}]}";
    }
}
