package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Request;
import feign.Request.HttpMethod;
import feign.RetryableException;
import io.triggerquery.consumer.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second call within a round, which blocks no thread. */
@Timeout(60)
class ShortRetryTest {

    private static final Request REQUEST =
            Request.create(HttpMethod.GET, "/things/a", Map.of(), null, StandardCharsets.UTF_8, null);
    private static final RetryableException AWAY =
            new RetryableException(-1, "no connection", HttpMethod.GET, (Long) null, REQUEST);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Deque<CompletableFuture<Map<String, Snapshot<Object>>>> answers = new ArrayDeque<>();
    private final List<String> threads = new ArrayList<>();
    private final ThreadLocal<String> trace = ThreadLocal.withInitial(() -> "none");

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Executor here() {
        String mine = trace.get();
        return task -> {
            trace.set(mine);
            task.run();
            trace.remove();
        };
    }

    private CompletionStage<Map<String, Snapshot<Object>>> call(List<String> ids) {
        threads.add(trace.get());
        return answers.remove();
    }

    private void answers(Throwable... failures) {
        for (Throwable failure : failures) {
            answers.add(CompletableFuture.failedFuture(failure));
        }
        answers.add(CompletableFuture.completedFuture(Map.of()));
    }

    private CompletableFuture<Map<String, Snapshot<Object>>> run(ShortRetry retry) {
        return retry.run(this::call, List.of("a")).toCompletableFuture();
    }

    private ShortRetry retry() {
        return ShortRetry.of(timer, Runnable::run, this::here);
    }

    @Test
    void repeatsTransientFailureOnce() throws Exception {
        answers(new CompletionException(AWAY));
        assertThat(run(retry()).get()).isEmpty();
        assertThat(threads).hasSize(2);
    }

    @Test
    void failsWithSecondFailure() {
        var second = new RetryableException(-1, "again", HttpMethod.GET, (Long) null, REQUEST);
        answers(AWAY, second);
        assertThatThrownBy(() -> run(retry()).get()).hasCause(second);
        assertThat(threads).hasSize(2);
    }

    @Test
    void repeatsNoOtherFailure() {
        var failure = new IllegalStateException("wrong");
        answers(new CompletionException(failure));
        assertThatThrownBy(() -> run(retry()).get()).hasCause(failure);
        assertThat(threads).hasSize(1);
    }

    /** A client of the application may block, so the timer's only thread must not call it. */
    @Test
    void secondCallRunsOnCallerExecutor() throws Exception {
        var callers = new ArrayList<String>();
        answers(AWAY);
        run(ShortRetry.of(
                        timer,
                        task -> {
                            callers.add("second");
                            task.run();
                        },
                        this::here))
                .get();
        assertThat(callers).containsExactly("second");
    }

    @Test
    void secondCallKeepsTraceOfTheFirst() throws Exception {
        trace.set("mine");
        answers(AWAY);
        run(retry()).get();
        assertThat(threads).containsExactly("mine", "mine");
    }

    @Test
    void callingThreadDoesNotBlock() throws Exception {
        var first = new CompletableFuture<Map<String, Snapshot<Object>>>();
        answers.add(first);
        answers();
        CompletableFuture<Map<String, Snapshot<Object>>> answer = run(retry());
        assertThat(answer).isNotDone();
        first.completeExceptionally(AWAY);
        assertThat(answer.get()).isEmpty();
    }

    @Test
    void failsIfSecondCallCannotBeMade() {
        timer.shutdownNow();
        answers(AWAY);
        assertThatThrownBy(() -> run(retry()).get()).hasCauseInstanceOf(RejectedExecutionException.class);
    }
}
