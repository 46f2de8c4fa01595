package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import feign.AsyncClient;
import feign.Capability;
import feign.Param;
import feign.RequestLine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client whose threads have ended is replaced, over real connections. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
public class ReplaceableClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Source("things")
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    /** Runs on the HTTP client's threads for each answer. */
    private final AtomicReference<Runnable> onAnswer = new AtomicReference<>(() -> {});

    private final MemoryWatch memory = new MemoryWatch();
    private RawServer server;
    private Sources sources;
    private Query<Object> query;

    /** Public because Feign calls it by reflection. */
    public final class WithEachAnswer implements Capability {

        @Override
        public AsyncClient<Object> enrich(AsyncClient<Object> client) {
            return (request, options, context) -> client.execute(request, options, context)
                    .whenComplete((response, failure) -> onAnswer.get().run());
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        sources = new Sources(
                CircuitBreakerRegistry.ofDefaults(),
                new Sources.Feign(JsonMapper.shared(), List.of(new WithEachAnswer()), () -> Runnable::run),
                new Failures(List.of(), memory));
        query = sources.query(
                SourceMethods.of(Things.class),
                server.url(),
                new SourceSettings(
                        server.url(),
                        new SourceSettings.Limits(LIMIT, LIMIT, 1 << 30),
                        new SourceSettings.Protection(LIMIT, 8, 1)));
    }

    @AfterEach
    void stop() {
        sources.close();
        server.close();
    }

    private Answer<Object> ask(String id) throws Exception {
        return query.ask(List.of(id), 1).toCompletableFuture().get();
    }

    private static void stopThread() {
        Thread.currentThread().interrupt();
    }

    @Test
    void isReplacedWhenCallbacksLeaveThreadsInterrupted(CapturedOutput output) throws Exception {
        onAnswer.set(ReplaceableClientTest::stopThread);
        ask("a");
        await().atMost(PATIENCE)
                .until(() -> output.toString().contains("A thread of the HTTP client of the source things"));
        onAnswer.set(() -> {});
        for (int call = 0; call < 20; call++) {
            assertThat(ask("thing-" + call)).isInstanceOf(Answer.Given.class);
        }
        assertThat(output).containsOnlyOnce("The HTTP client of the source things was replaced");
        assertThat(memory.ranOut()).isFalse();
    }

    @Test
    void closingLogsNothing(CapturedOutput output) throws Exception {
        ask("a");
        sources.close();
        assertThatThrownBy(() -> ask("b")).isInstanceOf(ExecutionException.class);
        assertThat(output).doesNotContain("has ended").doesNotContain("was replaced");
    }

    @Test
    void outOfMemoryFailsOneAnswerAndIsLoggedOnce(CapturedOutput output) throws Exception {
        onAnswer.set(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThatThrownBy(() -> ask("a"));
        assertThatThrownBy(() -> ask("b"));
        onAnswer.set(() -> {});
        assertThat(ask("c")).isInstanceOf(Answer.Given.class);
        assertThat(memory.ranOut()).isTrue();
        assertThat(output)
                .containsOnlyOnce("This process has run out of memory (java.lang.OutOfMemoryError")
                .doesNotContain("has ended");
    }

    /** One dead thread of two is enough, because it would serve every other connection. */
    @Test
    void isReplacedWhenThreadDiesOfOutOfMemory(CapturedOutput output) throws Exception {
        var failing = new AtomicBoolean(true);
        var client = new ReplaceableClient("things", threads -> failing(threads, failing), memory);
        CloseableHttpAsyncClient first = client.get();
        first.execute(SimpleHttpRequest.create("GET", server.url() + "/things/a"), null);
        await().atMost(PATIENCE).until(() -> client.get() != first);
        failing.set(false);
        for (int call = 0; call < 4; call++) {
            assertThat(client.get()
                            .execute(SimpleHttpRequest.create("GET", server.url() + "/things/a"), null)
                            .get()
                            .getCode())
                    .isEqualTo(200);
        }
        client.close();
        assertThat(memory.ranOut()).isTrue();
        assertThat(output)
                .contains("A thread of the HTTP client of the source things has ended: java.lang.OutOfMemoryError")
                .contains("Restart it");
    }

    private static CloseableHttpAsyncClient failing(ThreadFactory threads, AtomicBoolean failing) {
        return HttpAsyncClients.custom()
                .setThreadFactory(threads)
                .addResponseInterceptorFirst((response, entity, context) -> {
                    if (failing.get()) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                })
                .build();
    }
}
