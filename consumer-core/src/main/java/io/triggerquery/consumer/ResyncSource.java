package io.triggerquery.consumer;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ids and versions of a source, page by page, so that a resync can compare them with the projection. A bean
 * of this type enables the resync of its listener.
 *
 * <pre>{@code
 * @Component
 * record BillingPages(BillingApi billing) implements ResyncSource {
 *     public String listener() {
 *         return "billing.billing-changed";
 *     }
 *
 *     public Page page(@Nullable String cursor) {
 *         return billing.page(cursor); // the ids above the cursor in the order of ids, 500 of them
 *     }
 * }
 * }</pre>
 *
 * <p>The pages must contain every id that exists during the whole run, at least once; the order does not matter. A
 * cursor that is a position in a stable order, such as the last id of the page, ensures that; a row count does not,
 * since it skips an id when an earlier one is deleted.
 *
 * <p>Deletions: only ids that are listed are compared, so an id that the projection has and the source no longer lists
 * is not found. A source that keeps tombstones should list them as {@link Entry#deleted()}; then a missed deletion is
 * found like any other difference. To apply it, the listener's {@link Source} must report absence.
 *
 * <p>Threads: called by the resync's thread, one call at a time. Errors: a call that throws is repeated for the same
 * page later, at growing intervals. A blocking call should have a timeout; it is interrupted when the application
 * stops.
 */
public interface ResyncSource {

    /** Returns the id of the listener whose source this lists; by default a listener's id is its topic. */
    String listener();

    /**
     * Lists a page.
     *
     * @param cursor {@link Page#next()} of the page before; null for the first page. It may come from another instance
     *     and be old
     * @throws Exception if it cannot be listed now
     */
    Page page(@Nullable String cursor) throws Exception;

    /**
     * A part of the list. A few hundred entries are a good size: after a restart the last page is repeated. It can be
     * deserialized from JSON, with all three properties in each entry.
     *
     * @param entries the entries, in any order; may be empty
     * @param next the cursor of the next page, up to 1000 characters; null if this is the last
     */
    record Page(List<Entry> entries, @Nullable String next) {

        /** Creates a page. */
        public Page {
            entries = List.copyOf(Objects.requireNonNull(entries, "a listed page has no entries"));
        }
    }

    /**
     * An id of the source.
     *
     * @param id the id
     * @param version its version, at least 0, equal to the version of the state; 0 for all ids if states have no
     *     version, in which case only ids that the projection does not have are found
     * @param deleted whether this is a tombstone; its version is that of the deletion
     */
    record Entry(String id, long version, boolean deleted) {

        /** Creates an entry. */
        public Entry {
            Objects.requireNonNull(id, "a listed entry has no id");
            if (version < 0) {
                throw new IllegalArgumentException("The version of a listed id is " + version + "; it is 0 or more");
            }
        }

        /** Returns the entry of an id that exists. */
        public static Entry of(String id, long version) {
            return new Entry(id, version, false);
        }
    }
}
