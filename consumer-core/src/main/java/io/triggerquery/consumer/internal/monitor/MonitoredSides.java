package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source and the projection of a listener.
 *
 * <p>Threads: the monitor's thread. Each call has a total deadline. Failure: an exception; nothing is checked then.
 */
public interface MonitoredSides {

    /** Returns the maximum number of ids in one query. */
    int maxIds();

    /** Queries the source for the current states of ids. Returns the answers by id, without those that failed. */
    Map<String, Snapshot<?>> ask(List<String> ids) throws Exception;

    /** Reads what the projection has of ids. */
    Map<String, Projected> projected(Collection<String> ids) throws Exception;

    /** Returns whether {@link #sourcePage} can be called. */
    boolean listsSource();

    /** Lists a page of the source. */
    ResyncSource.Page sourcePage(@Nullable String cursor) throws Exception;

    /** Returns whether {@link #projectionPage} can be called. */
    boolean listsProjection();

    /** Lists a page of the projection. */
    ResyncSource.Page projectionPage(@Nullable String cursor) throws Exception;
}
