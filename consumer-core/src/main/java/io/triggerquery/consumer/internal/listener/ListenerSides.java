package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.internal.monitor.MonitoredSides;
import io.triggerquery.consumer.internal.monitor.Projected;
import io.triggerquery.consumer.internal.monitor.Projected.Existence;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The source and the projection of a listener, for its monitor. A source that refuses a query, because it is busy or
 * its circuit breaker is open, answers for no id.
 */
final class ListenerSides implements MonitoredSides {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Query<?> query;
    private final ProjectedVersions projected;
    private final @Nullable ResyncSource source;
    private final IdRule rule;
    private final BoundedCalls sourceCalls;
    private final BoundedCalls projectionCalls;

    ListenerSides(
            String listener, Query<?> query, ProjectedVersions projected, @Nullable ResyncSource source, IdRule rule) {
        this.query = query;
        this.projected = projected;
        this.source = source;
        this.rule = rule;
        this.sourceCalls = new BoundedCalls(listener + "-monitor-source");
        this.projectionCalls = new BoundedCalls(listener + "-monitor-projection");
    }

    @Override
    public int maxIds() {
        return query.maxIds();
    }

    @Override
    public Map<String, Snapshot<?>> ask(List<String> ids) throws Exception {
        return sourceCalls.run(() -> ask(query, ids), LIMIT);
    }

    private static <S> Map<String, Snapshot<?>> ask(Query<S> query, List<String> ids) throws Exception {
        Answer<S> answer = query.ask(ids, 0).toCompletableFuture().get();
        return answer instanceof Answer.Given<S> given ? new HashMap<>(given.snapshots()) : Map.of();
    }

    @Override
    public Map<String, Projected> projected(Collection<String> ids) throws Exception {
        return projectionCalls.run(() -> read(ids), LIMIT);
    }

    private Map<String, Projected> read(Collection<String> ids) throws Exception {
        Map<String, Projected> found = new HashMap<>();
        if (projected instanceof ProjectedIds all) {
            for (Entry entry : all.entries(ids)) {
                Existence existence = entry.deleted() ? Existence.TOMBSTONE : Existence.STATE;
                found.put(entry.id(), new Projected(entry.version(), existence));
            }
        } else {
            projected.versions(ids).forEach((id, version) -> found.put(id, new Projected(version, Existence.UNKNOWN)));
        }
        return found;
    }

    @Override
    public boolean listsSource() {
        return source != null;
    }

    @Override
    public Page sourcePage(@Nullable String cursor) throws Exception {
        ResyncSource pages = Objects.requireNonNull(source);
        return page(sourceCalls, () -> pages.page(cursor));
    }

    @Override
    public boolean listsProjection() {
        return projected instanceof ProjectedIds;
    }

    @Override
    public Page projectionPage(@Nullable String cursor) throws Exception {
        return page(projectionCalls, () -> ((ProjectedIds) projected).page(cursor));
    }

    private Page page(BoundedCalls calls, Callable<Page> call) throws Exception {
        Page page = calls.run(call, LIMIT);
        return new Page(
                page.entries().stream()
                        .filter(entry -> rule.violation(entry.id()) == null)
                        .toList(),
                page.next());
    }
}
