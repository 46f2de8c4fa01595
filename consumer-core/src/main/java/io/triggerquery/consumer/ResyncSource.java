package io.triggerquery.consumer;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ids and versions of a source, page by page, so that a resync can compare them with the projection. A bean
 * of this type turns the resync of its listener on.
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
 * <p>The pages must have every id that is there all the while a run lasts, at least once; the order does not matter. A
 * cursor that is a position in a stable order, such as the last id of the page, does that; one that counts rows does
 * not, since it skips an id when an earlier one is deleted.
 *
 * <p>Deletions. What the projection has and the source no longer lists is not found, since only what is listed is
 * compared. A source that keeps tombstones lists them too, {@link Entry#deleted()}: then a deletion that the projection
 * has missed is found like any other difference. The listener's {@link Source} must tell absence for it to be applied.
 *
 * <p>Threads: called by one thread at a time, its own. Failure: one that throws is asked for the same page again later,
 * in growing intervals. A call that blocks should have a timeout; it is interrupted when the application stops.
 */
public interface ResyncSource {

    /** The id of the listener whose source this lists; by default a listener's id is its topic. */
    String listener();

    /**
     * Lists a page.
     *
     * @param cursor what the page before said is next; null for the first page. It may have been said long ago, to
     *     another instance
     * @throws Exception if it cannot be listed now
     */
    Page page(@Nullable String cursor) throws Exception;

    /**
     * A part of the list. A few hundred entries are a good size: a page is what is done again after a restart. It can be
     * read from JSON as it is, with all three properties in each entry.
     *
     * @param entries what is there, in any order; may be empty
     * @param next the cursor of the next page, up to 1000 characters; null if this is the last
     */
    record Page(List<Entry> entries, @Nullable String next) {

        /** A page. */
        public Page {
            entries = List.copyOf(Objects.requireNonNull(entries, "a listed page has no entries"));
        }
    }

    /**
     * An id and what the source has of it.
     *
     * @param id the id
     * @param version its version, 0 or more, the same number that the state carries; 0 for all if there are none, and
     *     then only ids that the projection does not have are found
     * @param deleted whether this is a tombstone; its version is that of the deletion
     */
    record Entry(String id, long version, boolean deleted) {

        /** An entry. */
        public Entry {
            Objects.requireNonNull(id, "a listed entry has no id");
            if (version < 0) {
                throw new IllegalArgumentException("The version of a listed id is " + version + "; it is 0 or more");
            }
        }

        /** Something that is there. */
        public static Entry of(String id, long version) {
            return new Entry(id, version, false);
        }
    }
}
