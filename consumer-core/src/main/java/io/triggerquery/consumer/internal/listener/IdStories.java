package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what is known of single ids: here, in the projection, and at the source.
 *
 * <p>Threads: any. Bounds: reading the projection takes up to 2 s and a query up to 10 s, a few of either at the same
 * time; a shown state has up to 10,000 characters. Failure: what could not be read is reported in the answer.
 */
final class IdStories {

    static final Duration PROJECTION_LIMIT = Duration.ofSeconds(2);
    static final Duration SOURCE_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_STATE = 10_000;

    private final String listener;
    private final Engine engine;
    private final Query<?> query;
    private final @Nullable ProjectedVersions projected;
    private final InstantSource clock;
    private final Duration sourceLimit;
    private final BoundedCalls projectionCalls;
    private final BoundedCalls sourceCalls;

    /**
     * What is known of the work.
     *
     * @param engine the listener's engine
     * @param source returns its source and the state of that
     */
    record Engine(TriggerEngine engine, Supplier<ListenerReport.Source> source) {}

    /**
     * Creates an instance for one listener.
     *
     * @param query queries the source as rounds do, with its limits and its circuit breaker
     * @param projected returns the versions in the projection, or null if they are not known
     * @param sourceLimit how long a query may take; {@link #SOURCE_LIMIT} but for tests
     */
    IdStories(
            String listener,
            Engine engine,
            Query<?> query,
            @Nullable ProjectedVersions projected,
            InstantSource clock,
            Duration sourceLimit) {
        this.listener = listener;
        this.engine = engine;
        this.query = query;
        this.projected = projected;
        this.clock = clock;
        this.sourceLimit = sourceLimit;
        this.projectionCalls = new BoundedCalls(listener + "-projected");
        this.sourceCalls = new BoundedCalls(listener + "-ask");
    }

    IdStory story(String id) {
        return story(id, projection(id));
    }

    /** Says what is known here, without asking the projection; waits for nothing. */
    IdStory storyHere(String id) {
        return story(id, null);
    }

    private IdStory story(String id, IdStory.@Nullable Projection projection) {
        return IdStory.of(engine.source().get(), listener, id, engine.engine().find(id), projection, clock.instant());
    }

    StuckReport stuck(int limit) {
        return StuckReport.of(engine.engine().stuck(limit));
    }

    private IdStory.@Nullable Projection projection(String id) {
        if (projected == null) {
            return null;
        }
        try {
            Long version =
                    projectionCalls.run(() -> projected.versions(List.of(id)).get(id), PROJECTION_LIMIT);
            return new IdStory.Projection(version, null);
        } catch (Exception failure) {
            return new IdStory.Projection(null, line(failure));
        }
    }

    /**
     * Queries the source for one id, without projecting the answer.
     *
     * @param showState whether the answer contains the state
     */
    SourceAnswer ask(String id, boolean showState) {
        IdStory.Projection projection = projection(id);
        long begin = System.nanoTime();
        Reply reply = reply(id, showState);
        Duration took = Duration.ofNanos(System.nanoTime() - begin).truncatedTo(ChronoUnit.MILLIS);
        return new SourceAnswer(
                listener, id, reply.answer(), reply.version(), reply.state(), reply.error(), took, projection);
    }

    private record Reply(
            String answer,
            @Nullable Long version,
            @Nullable String state,
            @Nullable String error) {

        private static Reply failed(String error) {
            return new Reply("failed", null, null, error);
        }
    }

    private Reply reply(String id, boolean showState) {
        try {
            return reply(id, sourceCalls.run(() -> answer(query, id), sourceLimit), showState);
        } catch (Exception failure) {
            return Reply.failed(line(failure));
        }
    }

    private static <S> Answer<S> answer(Query<S> query, String id) throws Exception {
        return query.ask(List.of(id), 0).toCompletableFuture().get();
    }

    private Reply reply(String id, Answer<?> answer, boolean showState) {
        if (!(answer instanceof Answer.Given<?> given)) {
            String circuit = engine.source().get().circuit();
            return new Reply("refused", null, null, "the source is busy, or its circuit breaker is open: " + circuit);
        }
        Snapshot<?> snapshot = given.snapshots().get(id);
        if (snapshot == null) {
            return Reply.failed("the source's answer does not contain this id");
        }
        Long version =
                snapshot.version().isPresent() ? (Long) snapshot.version().getAsLong() : null;
        return snapshot instanceof Snapshot.Found<?> found
                ? new Reply("found", version, showState ? json(found.state()) : null, null)
                : new Reply("absent", version, null, null);
    }

    private static String json(@Nullable Object state) {
        try {
            String json = JsonMapper.shared().writeValueAsString(state);
            return json.length() <= MAX_STATE ? json : json.substring(0, MAX_STATE) + "…";
        } catch (RuntimeException failure) {
            return "not shown, because it cannot be written as JSON: " + OneLine.of(failure);
        }
    }

    private static String line(Exception failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return failure instanceof BoundedCalls.LimitException
                ? String.valueOf(failure.getMessage())
                : OneLine.of(Causes.unwrapped(failure));
    }
}
