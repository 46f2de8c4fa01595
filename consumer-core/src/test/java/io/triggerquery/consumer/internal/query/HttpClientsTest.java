package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.query.SourceSettings.Limits;
import io.triggerquery.consumer.internal.query.SourceSettings.Protection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** Clients of one source share an HTTP client. */
class HttpClientsTest {

    private static SourceSettings settings(Duration readTimeout, boolean followRedirects) {
        return new SourceSettings(
                URI.create("http://127.0.0.1:9"),
                new Limits(Duration.ofSeconds(1), readTimeout, 1 << 20),
                Protection.DEFAULT,
                followRedirects);
    }

    @Test
    void clientsOfOneSourceShareHttpClientUnlessLimitsDiffer() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        var clients = new HttpClients(HttpParts.none(), timer, new MemoryWatch());
        try {
            ReplaceableClient first = clients.of("things", settings(Duration.ofSeconds(5), false));
            assertThat(clients.of("things", settings(Duration.ofSeconds(5), false)))
                    .isSameAs(first);
            assertThat(clients.of("things", settings(Duration.ofSeconds(30), false)))
                    .isNotSameAs(first);
            assertThat(clients.of("things", settings(Duration.ofSeconds(5), true)))
                    .isNotSameAs(first);
            assertThat(clients.of("others", settings(Duration.ofSeconds(5), false)))
                    .isNotSameAs(first);
        } finally {
            clients.close();
            timer.shutdownNow();
        }
    }
}
