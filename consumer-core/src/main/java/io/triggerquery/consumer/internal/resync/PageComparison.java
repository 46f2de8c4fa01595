package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.TriggerIdRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a page of a source's list with a projection.
 *
 * @param source lists
 * @param projected what the projection holds, or null if nobody says: then everything listed is different
 */
record PageComparison(ResyncSource source, @Nullable ProjectedVersions projected) {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int MAX_CURSOR = 1_000;

    /**
     * A page, compared.
     *
     * @param listed how many ids it has
     * @param differences those that the projection does not have, or has an older version of
     * @param next the cursor of the next page, or null if there is none
     */
    record Part(
            int listed, List<Entry> differences, @Nullable String next) {}

    /**
     * Lists a page.
     *
     * @param everything whether not to compare it
     */
    Part part(@Nullable String cursor, boolean everything) throws Exception {
        Page page = source.page(cursor);
        String next = page.next();
        if (next != null && (next.equals(cursor) || next.length() > MAX_CURSOR)) {
            throw new IllegalStateException(
                    next.equals(cursor)
                            ? "the ResyncSource says that the page after a cursor has the same cursor"
                            : "the ResyncSource returns a cursor of more than " + MAX_CURSOR + " characters");
        }
        List<Entry> entries = withoutBadIds(page.entries());
        List<Entry> differences =
                everything || projected == null || entries.isEmpty() ? entries : differences(entries, projected);
        return new Part(page.entries().size(), differences, next);
    }

    private static List<Entry> differences(List<Entry> entries, ProjectedVersions projected) throws Exception {
        Map<String, Long> held =
                projected.versions(entries.stream().map(Entry::id).toList());
        List<Entry> differences = new ArrayList<>();
        for (Entry entry : entries) {
            Long version = held.get(entry.id());
            // a tombstone of what the projection never had, or has forgotten, is no difference
            if (version == null ? !entry.deleted() : version < entry.version()) {
                differences.add(entry);
            }
        }
        return differences;
    }

    private List<Entry> withoutBadIds(List<Entry> entries) {
        List<Entry> good = entries.stream()
                .filter(entry -> TriggerIdRule.violation(entry.id()).isEmpty())
                .toList();
        if (good.size() < entries.size()) {
            log.error(
                    "{}: the ResyncSource lists {} ids that are none and are passed over: {}",
                    source.listener(),
                    entries.size() - good.size(),
                    entries.stream()
                            .flatMap(entry -> TriggerIdRule.violation(entry.id()).stream())
                            .findFirst()
                            .orElse(""));
        }
        return good;
    }
}
