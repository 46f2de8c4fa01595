package io.triggerquery.consumer.internal.query;

import static io.triggerquery.consumer.internal.query.RawServer.answer;
import static io.triggerquery.consumer.internal.query.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.FeignException;
import feign.Param;
import feign.RequestLine;
import feign.RetryableException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.failure.FailureSummary;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The memory used by answers while they are read and after they have failed, over real connections. */
@Timeout(60)
class AnswerMemoryTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int CALLS = 32;
    private static final int LARGE = 400_000;

    @Source("things")
    interface Things {

        @RequestLine("GET /things/{id}?key=secret")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id, String text) {}

    private RawServer server;
    private Sources sources;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()));
    }

    @AfterEach
    void stop() {
        sources.close();
        server.close();
    }

    private Query<Object> query(long maxBufferedBytes, Duration readTimeout) {
        return sources.query(
                SourceMethods.of(Things.class),
                server.url(),
                new SourceSettings(
                        server.url(),
                        new SourceSettings.Limits(LIMIT, readTimeout, 1 << 20, maxBufferedBytes),
                        new SourceSettings.Protection(LIMIT, CALLS, 1)));
    }

    private List<CompletableFuture<Answer<Object>>> ask(Query<Object> query) throws Exception {
        List<CompletableFuture<Answer<Object>>> answers = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            answers.add(query.ask(List.of("thing-" + call), 1).toCompletableFuture());
        }
        return answers;
    }

    private void onAll(RawServer.Answer answer) {
        for (int call = 0; call < CALLS; call++) {
            server.on("/things/thing-" + call + "?key=secret", answer);
        }
    }

    private static String large(String request) {
        String id = request.substring("GET /things/".length(), request.indexOf('?'));
        return answer("200 OK", "{\"id\":\"" + id + "\",\"text\":\"" + "x".repeat(LARGE) + "\"}");
    }

    @Test
    void answersBeyondBudgetAreReadOneAfterAnother() throws Exception {
        onAll((request, connection) -> {
            write(connection, large(request));
            return true;
        });
        for (CompletableFuture<Answer<Object>> answer : ask(query(1 << 20, LIMIT))) {
            assertThat(answer.get()).isInstanceOf(Answer.Given.class);
        }
    }

    /** Each connection sends nearly all of its answer and stops; socket buffers hold a part of it. */
    @Test
    void readsNoMoreThanBudget() throws Exception {
        var stalled = new CountDownLatch(CALLS);
        onAll((request, connection) -> stall(request, connection, stalled));
        Query<Object> query = query(2 << 20, Duration.ofSeconds(2));
        List<CompletableFuture<Answer<Object>>> answers = ask(query);
        int refused = 0;
        for (CompletableFuture<Answer<Object>> answer : answers) {
            try {
                assertThat(answer.get()).as("not a failure of the id").isInstanceOf(Answer.Refused.class);
                refused++;
            } catch (ExecutionException failed) {
                assertThat(failed).hasCauseInstanceOf(RetryableException.class); // the answers within the budget
            }
        }
        assertThat(refused).isPositive();
        onAll((request, connection) -> {
            write(connection, large(request));
            return true;
        });
        for (CompletableFuture<Answer<Object>> answer : ask(query)) {
            assertThat(answer.get()).as("the budget was released").isInstanceOf(Answer.Given.class);
        }
    }

    private boolean stall(String request, Socket connection, CountDownLatch stalled) throws IOException {
        String whole = large(request);
        write(connection, whole.substring(0, whole.length() - 1));
        stalled.countDown();
        return server.silent(request, connection);
    }

    @Test
    void failureIsKeptAsOneLine() throws Exception {
        server.on("/things/a?key=secret", answer("401 Unauthorized", "x".repeat(100_000)));
        var seen = new AtomicReference<Throwable>();
        var failures = new Failures(List.of(failure -> {
            seen.set(failure);
            return Optional.empty();
        }));
        Query<Object> query = failures.summarizing(query(1 << 20, LIMIT));
        Throwable kept = failureOf(query);
        assertThat(seen.get())
                .as("the failure that rules see")
                .isInstanceOfSatisfying(
                        FeignException.Unauthorized.class,
                        failure -> assertThat(failure.contentUTF8()).startsWith("xxx"));
        assertThat(kept).hasNoCause().isInstanceOfSatisfying(FailureSummary.class, summary -> {
            assertThat(summary.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(summary.type()).isEqualTo(FeignException.Unauthorized.class.getName());
            assertThat(summary.toString())
                    .startsWith("feign.FeignException$Unauthorized: [401 Unauthorized] during [GET] to [http://")
                    .doesNotContain("secret")
                    .hasSizeLessThan(600);
        });
        seen.set(null);
        assertThat(failures.kindOf(kept)).as("is not judged again").isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(seen.get()).isNull();
    }

    private static Throwable failureOf(Query<Object> query) throws Exception {
        try {
            throw new AssertionError(
                    query.ask(List.of("a"), 1).toCompletableFuture().get());
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    /** A failure without an answer, whose message contains the address. */
    @Test
    void connectionFailureDoesNotRetainRequest() throws Exception {
        Query<Object> query = new Failures(List.of()).summarizing(query(1 << 20, LIMIT));
        server.close();
        assertThat(failureOf(query))
                .hasNoCause()
                .hasMessageNotContaining("secret")
                .hasMessageContaining("/things/a");
    }

    @Test
    void projectionFailureIsKeptAsOneLine() {
        var calls = new AtomicInteger();
        Projection<Object> failing = new Projection<>() {
            @Override
            public boolean takesMany() {
                return true;
            }

            @Override
            public void apply(List<Snapshot<Object>> snapshots, List<Trigger> triggers) {
                calls.incrementAndGet();
                throw new IllegalStateException("y".repeat(100_000), new IOException("its cause"));
            }
        };
        Projection<Object> summarizing = new Failures(List.of()).summarizing(failing);
        assertThat(summarizing.takesMany()).isTrue();
        assertThatThrownBy(() -> summarizing.apply(List.of(), List.of()))
                .isInstanceOf(FailureSummary.class)
                .hasNoCause()
                .hasMessageStartingWith("java.lang.IllegalStateException: yyy")
                .satisfies(kept -> assertThat(kept.getMessage()).hasSizeLessThan(600));
        assertThat(calls).hasValue(1);
    }
}
