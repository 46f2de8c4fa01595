package io.triggerquery.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.Sources;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each behaviour of a real HTTP server has the same meaning with each kind of client: the kind of failure or the
 * absence, and the state of the circuit breaker after ten ids. The clients follow redirects, as Spring Boot's do,
 * except for Feign interfaces; the meaning is the same, because the login page is recognized.
 */
class ClientsContractTest {

    private static final int IDS = 10;

    private static MisbehavingServer server;
    private static URI closedPort;

    @BeforeAll
    static void start() throws IOException {
        server = new MisbehavingServer();
        closedPort = MisbehavingServer.closedPort();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> clientsBehaveEqually() {
        return Arrays.stream(ClientKind.values())
                .flatMap(kind -> Arrays.stream(Behaviour.values())
                        .map(behaviour -> dynamicTest(
                                kind + ": " + behaviour,
                                () -> assertEquals(kind.meaningOf(behaviour), meaning(kind, behaviour)))));
    }

    private String meaning(ClientKind kind, Behaviour behaviour) throws Exception {
        URI url = behaviour == Behaviour.REFUSES_CONNECTIONS ? closedPort : server.url();
        var failures = new Failures(List.of());
        try (var sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), failures)) {
            Query<Object> query = kind.query(sources, url);
            String first = "";
            for (int i = 0; i < IDS && sources.circuitState("things").equals("CLOSED"); i++) {
                String said = Asking.ask(query, failures, behaviour + "-" + i);
                if (said.equals("pause")) {
                    return first + ", pause";
                }
                first = i == 0 ? said : first;
            }
            return first + ", " + sources.circuitState("things");
        }
    }
}
