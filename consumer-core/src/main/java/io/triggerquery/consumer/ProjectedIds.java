package io.triggerquery.consumer;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ids that a listener's projection has, and distinguishes states from tombstones, so that the consistency
 * monitor finds ids that the projection has and the source does not. A listener has one bean of either this type or
 * {@link ProjectedVersions}.
 *
 * <p>Threads: called by one thread at a time. Errors: ids that cannot be read are not checked, and are reported. A
 * blocking call should have a timeout; it is interrupted after 10 s.
 */
public interface ProjectedIds extends ProjectedVersions {

    /**
     * Lists a page of the projection's ids. Every id that exists during the whole run must be in a page at least once,
     * as in a {@link ResyncSource}.
     *
     * @param cursor {@link Page#next()} of the page before; null for the first page
     * @return a few hundred entries; those with {@link Entry#deleted()} are ignored
     * @throws Exception if it cannot be listed now
     */
    Page page(@Nullable String cursor) throws Exception;

    /**
     * Returns what the projection has of these ids, with {@link Entry#deleted()} for tombstones.
     *
     * @param ids at most 100
     * @return entries in any order, without the ids that the projection does not have
     * @throws Exception if they cannot be read now
     */
    Collection<Entry> entries(Collection<String> ids) throws Exception;

    /** {@inheritDoc} By default those of {@link #entries}. */
    @Override
    default Map<String, Long> versions(Collection<String> ids) throws Exception {
        return entries(ids).stream().collect(Collectors.toMap(Entry::id, Entry::version));
    }
}
