package io.triggerquery.bench.engine;

import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A source that answers every query after the same time, without costs.
 *
 * <p>Threads: any; answers are completed by the timer.
 */
final class SlowAnswers implements Query<String> {

    private final Answers answers;
    private final Duration delay;
    private final ScheduledExecutorService timer;

    SlowAnswers(int maxIds, Duration delay, ScheduledExecutorService timer) {
        this.answers = new Answers(maxIds);
        this.delay = delay;
        this.timer = timer;
    }

    @Override
    public int maxIds() {
        return answers.maxIds();
    }

    @Override
    public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
        CompletableFuture<Answer<String>> given = answers.ask(ids, unanswered).toCompletableFuture();
        var later = new CompletableFuture<Answer<String>>();
        timer.schedule(() -> later.complete(given.join()), delay.toNanos(), TimeUnit.NANOSECONDS);
        return later;
    }
}
